package org.nin4j.conformance.training;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.nin4j.conformance.ErrorTable;
import org.nin4j.conformance.Report;
import org.nin4j.train.schedule.Cosine;
import org.nin4j.train.schedule.Schedule;
import org.nin4j.train.schedule.ScheduleState;
import org.nin4j.train.schedule.WarmUp;

/**
 * Rates compared with PyTorch's LinearLR, then CosineAnnealingLR, as their get_lr computes them:
 * each rate from the one before. (PyTorch's C++ has neither, so they are written out.)
 */
class ScheduleConformanceTest {
  private static final double RATE = 0.3;
  private static final ErrorTable ERRORS = new ErrorTable();

  @AfterAll
  static void report() {
    Report.section(
        51,
        "Learning rates",
        """
        Each step's rate compared with the recurrence of PyTorch's LinearLR and CosineAnnealingLR; the
        tolerance is a rounding of the peak rate for each step before.

        """
            + ERRORS.table("schedule"));
  }

  @Test
  void theWarmUpIsLinearLr() {
    follow("warm-up", Schedule.constant(RATE).withWarmUp(0.25), 1600, 400);
    follow("warm-up, short training", new WarmUp(0.1, 150, Schedule.constant(RATE)), 400, 150);
    follow("warm-up, half of all", new WarmUp(0.1, 150, Schedule.constant(RATE)), 50, 25);
  }

  @Test
  void theDecayIsCosineAnnealingLr() {
    follow("cosine", Schedule.cosine(RATE), 1000, 0);
    follow("cosine of two steps", Schedule.cosine(RATE), 2, 0);
  }

  @Test
  void theDecayBeginsWhereTheWarmUpEnds() {
    follow("warm-up and cosine", Schedule.cosine(RATE).withWarmUp(0.125), 8000, 1000);
    follow(
        "warm-up and cosine, short training", new WarmUp(0.1, 150, Schedule.cosine(RATE)), 50, 25);
  }

  private static void follow(String row, Schedule schedule, int total, int warmUp) {
    double rate = warmUp == 0 ? RATE : RATE / warmUp;
    for (int step = 0; step < total; step++) {
      int index = step;
      if (step == warmUp) {
        rate = RATE;
      } else if (step > 0) {
        rate =
            step < warmUp ? linear(rate, step, warmUp) : decay(rate, step, total, warmUp, schedule);
      }
      ERRORS.check(
          row,
          Math.abs(rate - schedule.rate(step, total, ScheduleState.INITIAL)),
          4 * (step + 1) * 0x1p-53 * RATE,
          () -> "step " + index);
    }
  }

  /** LinearLR(start_factor=1/warmUp, end_factor=1, total_iters=warmUp-1). */
  private static double linear(double rate, int step, int warmUp) {
    double start = 1.0 / warmUp;
    int iterations = warmUp - 1;
    return rate * (1 + (1 - start) / (iterations * start + (step - 1) * (1 - start)));
  }

  /** CosineAnnealingLR(T_max=total-warmUp, eta_min=0). */
  private static double decay(double rate, int step, int total, int warmUp, Schedule schedule) {
    if (!isCosine(schedule)) {
      return rate;
    }
    double length = total - warmUp;
    int since = step - warmUp;
    return rate
        * (1 + Math.cos(Math.PI * since / length))
        / (1 + Math.cos(Math.PI * (since - 1) / length));
  }

  private static boolean isCosine(Schedule schedule) {
    return schedule instanceof Cosine
        || (schedule instanceof WarmUp warmUp && isCosine(warmUp.then()));
  }
}
