package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.Weights;
import org.nin4j.train.schedule.Schedule;

/** Weights that are not finite are never saved, even if the losses are finite. */
class DivergenceTest {
  /** After one step at this learning rate, every weight with a gradient is infinite. */
  private static final Recipe RECIPE =
      TinyTask.with(
          TinyTask.recipe(), new OptimizerConfig.Sgd(0, false, 0), Schedule.constant(1e300));

  @Test
  void aTrainingStoppedAfterTheStepThatDivergedSavesNoCheckpoint() {
    MemoryStore store = new MemoryStore();
    TrainingException e =
        assertThrows(
            TrainingException.class,
            () -> StopAfter.steps(1).run(TinyTask.trainer(RECIPE).store(store)));
    assertTrue(
        e.getMessage()
            .matches(
                "weight \\S+\\[\\d+\\] is (NaN|-?Infinity) in epoch 1, step 1: the training"
                    + " diverged; try a lower learning rate"),
        e.getMessage());
    assertEquals(List.of(), store.checkpoints);
  }

  @Test
  void aWeightOrMomentThatIsNotFiniteIsNamed() {
    Optimizer adam =
        new OptimizerConfig.AdamW(0).create(TinyTask.network().parameters(), List.of());
    TrainingState state = new TrainingState(Weights.zeros(TinyTask.network()), adam);
    state.requireFinite();
    state.history.add(
        new EpochMetrics(1, new Score(1, 1), Optional.empty(), Optional.of(new Score(1, 1)), 1));
    adam.moments().get("exp_avg_sq").values(0)[3] = Float.POSITIVE_INFINITY;
    TrainingException e = assertThrows(TrainingException.class, state::requireFinite);
    assertEquals(
        "exp_avg_sq of 0.weight[3] is Infinity after epoch 1: the training diverged; checkpoints of"
            + " earlier epochs are kept; try a lower learning rate",
        e.getMessage());
    state.weights.values(1)[2] = Float.NaN;
    e = assertThrows(TrainingException.class, state::requireFinite);
    assertTrue(e.getMessage().startsWith("weight 0.bias[2] is NaN after epoch 1"), e.getMessage());
  }
}
