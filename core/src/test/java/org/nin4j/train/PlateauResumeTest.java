package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nin4j.train.schedule.ReduceOnPlateau;
import org.nin4j.train.schedule.ScheduleState;

class PlateauResumeTest {
  /**
   * At such a low learning rate, the loss of most epochs does not fall. If the state were lost, the
   * weights would differ.
   */
  @Test
  void aPlateausStateSurvivesAnInterruption() throws IOException {
    Recipe recipe =
        TinyTask.recipe().with(r -> r.epochs(4).schedule(new ReduceOnPlateau(1e-4, 0.5, 0)));
    TrainingResult straight = TinyTask.trainer(recipe).train();
    MemoryStore store = new MemoryStore();
    StopAfter.steps(3 * TinyTask.BATCHES + 1).run(TinyTask.trainer(recipe).store(store));
    ScheduleState state = store.checkpoints.get(store.checkpoints.size() - 1).schedule();
    assertTrue(state.scale() < 1, state.toString());
    TrainingResult resumed = TinyTask.trainer(recipe).store(store).train();
    assertTrue(sameBits(straight.model().weights(), resumed.model().weights()));
  }
}
