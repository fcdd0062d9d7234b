package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static double at(Schedule schedule, double step, double total) {
    return schedule.rate(step, total, ScheduleState.INITIAL);
  }

  private static EpochMetrics epoch(double trainLoss) {
    return new EpochMetrics(
        1, new Score(trainLoss, 0), Optional.empty(), Optional.of(new Score(1, 0)), 1);
  }

  @Test
  void aConstantScheduleHasOneRate() {
    assertEquals(0.1, at(Schedule.constant(0.1), 0, 5));
    assertEquals(0.1, at(Schedule.constant(0.1), 4, 5));
  }

  @Test
  void theWarmUpEndsAtThePeak() {
    Schedule schedule = Schedule.cosine(0.8).withWarmUp(0.25);
    assertEquals(0.2, at(schedule, 99, 1600), 1e-15);
    assertEquals(0.4, at(schedule, 199, 1600), 1e-15);
    assertEquals(0.8, at(schedule, 399, 1600), 1e-15);
    assertEquals(0.8, at(schedule, 400, 1600), 1e-15);
  }

  @Test
  void theWarmUpOfAShortTrainingTakes150StepsOrHalfOfAll() {
    Schedule schedule = Schedule.cosine(0.8).withWarmUp(0.1);
    assertEquals(0.8 / 150, at(schedule, 0, 400), 1e-15);
    assertEquals(0.8, at(schedule, 149, 400), 1e-15);
    assertEquals(0.8 / 20, at(schedule, 0, 40), 1e-15);
  }

  @Test
  void theCosineIsAtHalfThePeakHalfwayAndStillAboveZeroInTheLastStep() {
    Schedule schedule = Schedule.cosine(0.8).withWarmUp(0.5);
    assertEquals(0.4, at(schedule, 1200, 1600), 1e-15);
    assertEquals(0.8 * (1 + Math.sqrt(0.5)) / 2, at(schedule, 1000, 1600), 1e-15);
    assertTrue(at(schedule, 1599, 1600) > 0);
  }

  /** The rates of PyTorch's ReduceLROnPlateau(factor=0.1, patience=2), worked out by hand. */
  @Test
  void aPlateauReducesTheRateAfterItsPatience() {
    Schedule schedule = new Schedule.ReduceOnPlateau(1, 0.1, 2).withWarmUp(0.01);
    double[] losses = {1, 0.5, 0.49999, 0.5, 0.6, 0.4, 0.7, 0.7, 0.4, 0.4};
    double[] rates = {1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01};
    ScheduleState state = ScheduleState.INITIAL;
    for (int i = 0; i < losses.length; i++) {
      state = schedule.after(epoch(losses[i]), state);
      assertEquals(rates[i], schedule.rate(90_000, 100_000, state), 1e-15, "after epoch " + i);
    }
  }

  /**
   * At such a low learning rate, the loss of most epochs does not fall. If the state were lost, the
   * weights would differ.
   */
  @Test
  void aPlateausStateSurvivesAnInterruption() throws IOException {
    Recipe recipe =
        TinyTask.recipe()
            .with(r -> r.epochs(4).schedule(new Schedule.ReduceOnPlateau(1e-4, 0.5, 0)));
    TrainingResult straight = TinyTask.trainer(recipe).train();
    MemoryStore store = new MemoryStore();
    StopAfter.steps(3 * TinyTask.BATCHES + 1).run(TinyTask.trainer(recipe).store(store));
    ScheduleState state = store.checkpoints.get(store.checkpoints.size() - 1).schedule();
    assertTrue(state.scale() < 1, state.toString());
    TrainingResult resumed = TinyTask.trainer(recipe).store(store).train();
    assertTrue(sameBits(straight.model().weights(), resumed.model().weights()));
  }

  @Test
  void aSchedulesHighestRateCanBeChanged() {
    Schedule schedule = Schedule.cosine(0.8).withWarmUp(0.25).withLearningRate(8);
    assertEquals(Schedule.cosine(8).withWarmUp(0.25), schedule);
    assertEquals(8, schedule.learningRate());
  }

  @Test
  void valuesOutOfRangeAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(0));
    assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(1).withWarmUp(1));
    assertThrows(
        IllegalArgumentException.class, () -> Schedule.constant(1).withWarmUp(0.1).withWarmUp(0.1));
    assertThrows(IllegalArgumentException.class, () -> new Schedule.ReduceOnPlateau(1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Schedule.ReduceOnPlateau(1, 0.5, -1));
  }
}
