package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.StepProfile;
import org.nin4j.train.TrainingProfile.Part;

/** An epoch of the tiny task has six batches of eight images and one of two. */
class TrainingProfileTest {
  @Test
  void allFullBatchesCountExceptTheFirst() throws IOException {
    TrainingProfile profile =
        TinyTask.trainer(TinyTask.recipe().with(r -> r.epochs(3))).train().profile();
    assertEquals(8, profile.batchSize());
    assertEquals(3 * 6 - 1, profile.steps());
    assertEquals(2, profile.shards());
    for (StepProfile step : profile.layers()) {
      int first = profile.threads() == 1 ? 1 : 2; // of each plan; a thread may not have had a shard
      assertTrue(step.runs() >= 2 * 3 * 6 - first && step.runs() < 2 * 3 * 6, step.toString());
    }
  }

  @Test
  void thePartsAndTheLayersSumUpToTheTimeOfTheSteps() throws IOException {
    long begin = System.nanoTime();
    TrainingProfile profile =
        TinyTask.trainer(TinyTask.recipe().with(r -> r.epochs(3))).train().profile();
    long training = System.nanoTime() - begin;
    assertEquals(EnumSet.allOf(Part.class), profile.parts().keySet());
    profile.parts().forEach((part, nanoseconds) -> assertTrue(nanoseconds >= 0, part.name()));
    for (Part part : EnumSet.of(Part.MASKS, Part.LOSS, Part.GRADIENTS, Part.UPDATE)) {
      assertTrue(profile.parts().get(part) > 0, part.name());
    }
    long all = profile.threads() * training;
    assertTrue(profile.nanoseconds() <= all, profile.nanoseconds() + " ns of " + all);
    double sum = profile.layers().stream().mapToDouble(profile::milliseconds).sum();
    for (Part part : Part.values()) {
      sum += profile.milliseconds(part);
    }
    assertEquals(profile.milliseconds(), sum, 1e-9 * sum);
  }

  /**
   * Ten steps, one of which had a smaller batch, and then the remaining eleven with two such steps.
   */
  @Test
  void aResumedTrainingProfilesOnlyItsOwnSteps() throws IOException {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(3));
    MemoryStore store = new MemoryStore();
    TrainingResult stopped = StopAfter.steps(10).run(TinyTask.trainer(recipe).store(store));
    assertTrue(stopped.interrupted());
    assertEquals(9 - 1, stopped.profile().steps());
    TrainingResult resumed = TinyTask.trainer(recipe).store(store).train();
    assertEquals(9 - 1, resumed.profile().steps());
  }

  @Test
  void aTrainingWithoutStepsHasAnEmptyProfile() throws IOException {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(1));
    MemoryStore store = new MemoryStore();
    TinyTask.trainer(recipe).store(store).train();
    TrainingProfile profile = TinyTask.trainer(recipe).store(store).train().profile();
    assertEquals(0, profile.steps());
    assertEquals(0, profile.nanoseconds());
    assertEquals(0, profile.milliseconds());
    assertEquals(0, profile.milliseconds(Part.UPDATE));
  }
}
