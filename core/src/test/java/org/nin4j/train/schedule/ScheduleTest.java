package org.nin4j.train.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static double at(Schedule schedule, double step, double total) {
    return schedule.rate(step, total, ScheduleState.INITIAL);
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
  void theWarmUpOfAShortTrainingTakesTheLeastStepsOrHalfOfAll() {
    Schedule schedule = new WarmUp(0.1, 150, Schedule.cosine(0.8));
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
    Schedule schedule = new ReduceOnPlateau(1, 0.1, 2).withWarmUp(0.01);
    double[] losses = {1, 0.5, 0.49999, 0.5, 0.6, 0.4, 0.7, 0.7, 0.4, 0.4};
    double[] rates = {1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01};
    ScheduleState state = ScheduleState.INITIAL;
    for (int i = 0; i < losses.length; i++) {
      state = schedule.after(losses[i], state);
      assertEquals(rates[i], schedule.rate(90_000, 100_000, state), 1e-15, "after epoch " + i);
    }
  }

  @Test
  void aWarmUpOfAFractionTakesThatFractionHoweverShortTheTraining() {
    Schedule schedule = Schedule.cosine(0.8).withWarmUp(0.1);
    assertEquals(0.4, at(schedule, 1, 40), 1e-15);
    assertEquals(0.8, at(schedule, 3, 40), 1e-15);
  }

  @Test
  void aWarmUpInStepsTakesThatNumberOfSteps() {
    Schedule schedule = Schedule.constant(0.3).withWarmUpSteps(3);
    assertEquals(0.1, at(schedule, 0, 1000), 1e-15);
    assertEquals(0.3, at(schedule, 2, 1000), 1e-15);
    assertEquals(0.3, at(schedule, 3, 1000), 1e-15);
  }

  /** The authors' 200 epochs, then twice 30 epochs at a tenth of the rate each, of 390 steps. */
  @Test
  void stepsReduceTheRateAtTheirPointsOfTheTraining() {
    Schedule schedule = new Step(0.1, 0.1, List.of(200 / 260.0, 230 / 260.0));
    double total = 260 * 390.0;
    assertEquals(0.1, at(schedule, 200 * 390 - 1, total), 1e-15);
    assertEquals(0.01, at(schedule, 200 * 390, total), 1e-15);
    assertEquals(0.01, at(schedule, 230 * 390 - 1, total), 1e-15);
    assertEquals(0.001, at(schedule, 230 * 390, total), 1e-15);
  }

  @Test
  void aLinearScheduleFallsByTheSameAmountInEachStep() {
    Schedule schedule = new Linear(0.8, 0.25);
    assertEquals(0.8, at(schedule, 0, 100), 1e-15);
    assertEquals(0.5, at(schedule, 50, 100), 1e-15);
    assertEquals(0.206, at(schedule, 99, 100), 1e-15);
  }

  @Test
  void aCycleRisesFromItsStartToItsPeakAndFallsToItsEnd() {
    Schedule schedule = new OneCycle(1, 0.2, 0.25, 0.05);
    assertEquals(0.2, at(schedule, 0, 400), 1e-15);
    assertEquals(0.6, at(schedule, 50, 400), 1e-15);
    assertEquals(1, at(schedule, 100, 400), 1e-15);
    assertEquals(0.525, at(schedule, 250, 400), 1e-15);
    assertEquals(0.05 + 0.95 / 300, at(schedule, 399, 400), 1e-15);
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
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(1).withWarmUp(0.6));
    assertThrows(IllegalArgumentException.class, () -> Schedule.constant(1).withWarmUpSteps(0));
    assertThrows(IllegalArgumentException.class, () -> new Step(1, 0.1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Step(1, 0.1, List.of(0.5, 0.4)));
    assertThrows(IllegalArgumentException.class, () -> new Linear(1, -0.1));
    assertThrows(IllegalArgumentException.class, () -> new OneCycle(1, 0.2, 1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> Schedule.constant(1).withWarmUp(0.1).withWarmUp(0.1));
    assertThrows(IllegalArgumentException.class, () -> new ReduceOnPlateau(1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ReduceOnPlateau(1, 0.5, -1));
  }
}
