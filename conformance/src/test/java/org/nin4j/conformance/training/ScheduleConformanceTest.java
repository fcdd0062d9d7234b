package org.nin4j.conformance.training;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.nin4j.conformance.ErrorTable;
import org.nin4j.conformance.Report;
import org.nin4j.train.schedule.Cosine;
import org.nin4j.train.schedule.Linear;
import org.nin4j.train.schedule.OneCycle;
import org.nin4j.train.schedule.Schedule;
import org.nin4j.train.schedule.ScheduleState;
import org.nin4j.train.schedule.Step;
import org.nin4j.train.schedule.WarmUp;

/**
 * Rates compared with PyTorch's LinearLR, CosineAnnealingLR, MultiStepLR and OneCycleLR, as their
 * get_lr computes them: each rate from the one before, or in the two phases of OneCycleLR.
 * (PyTorch's C++ has none of them, so they are written out.)
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
        Each step's rate compared with the recurrence of PyTorch's LinearLR, CosineAnnealingLR and
        MultiStepLR, and with the phases of OneCycleLR, whose first and last step are ours and the one
        after our last; the tolerance is a few roundings of the peak rate for each step before.

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

  @Test
  void theLinearDecayIsLinearLr() {
    for (double end : new double[] {0, 0.01, 0.5, 1}) {
      Schedule schedule = new Linear(RATE, end);
      double rate = RATE;
      for (int step = 0; step < 1000; step++) {
        // LinearLR(start_factor=1, end_factor=end, total_iters=1000)
        rate *= step == 0 ? 1 : 1 + (end - 1) / (1000 + (step - 1) * (end - 1));
        check("linear", schedule, rate, step, 1000, step + 1);
      }
    }
  }

  /** Also where a fraction of the steps is a whole number except for its rounding. */
  @Test
  void theStepsAreThoseOfMultiStepLr() {
    for (int total = 2; total <= 300; total++) {
      for (int milestone = 1; milestone < total; milestone++) {
        steps(total, List.of(milestone), 7);
      }
    }
    steps(260, List.of(200, 230), 391);
    steps(10, List.of(3, 6, 9), 100_000);
  }

  /** MultiStepLR with milestones in epochs, each of some batches. */
  private static void steps(int epochs, List<Integer> milestones, int batches) {
    Schedule schedule =
        new Step(RATE, 0.1, milestones.stream().map(each -> (double) each / epochs).toList());
    int total = epochs * batches;
    double rate = RATE;
    for (int milestone : milestones) {
      check("steps", schedule, rate, milestone * batches - 1, total, 1);
      rate *= 0.1;
      check("steps", schedule, rate, milestone * batches, total, 1);
    }
    check("steps", schedule, RATE, 0, total, 1);
    check("steps", schedule, rate, total - 1, total, 1);
  }

  @Test
  void theCycleIsOneCycleLr() {
    cycle(1 / 25.0, 0.3, 1 / 25.0 / 1e4, 1000); // PyTorch's defaults
    cycle(0.2, 0.23, 0, 1568);
    cycle(0, 0.5, 0, 10);
    cycle(1, 0.01, 1, 97);
    cycle(0.1, 0.99, 0.5, 3);
  }

  /** OneCycleLR(total_steps=total+1, anneal_strategy="linear"), whose peak is one step earlier. */
  private static void cycle(double start, double peak, double end, int total) {
    Schedule schedule = new OneCycle(RATE, start, peak, end);
    double top = (peak * total + 1) / (total + 1) * (total + 1) - 1;
    for (int step = 0; step < total; step++) {
      double rate =
          step <= top
              ? start * RATE + (RATE - start * RATE) * (step / top)
              : RATE + (end * RATE - RATE) * ((step - top) / (total - top));
      check("one cycle", schedule, rate, step, total, 1 + total / Math.min(top, total - top));
    }
  }

  private static void check(
      String row, Schedule schedule, double expected, int step, int total, double roundings) {
    ERRORS.check(
        row,
        Math.abs(expected - schedule.rate(step, total, ScheduleState.INITIAL)),
        4 * roundings * 0x1p-53 * RATE,
        () -> schedule + ", step " + step + " of " + total);
  }

  private static void follow(String row, Schedule schedule, int total, int warmUp) {
    double rate = warmUp == 0 ? RATE : RATE / warmUp;
    for (int step = 0; step < total; step++) {
      if (step == warmUp) {
        rate = RATE;
      } else if (step > 0) {
        rate =
            step < warmUp ? linear(rate, step, warmUp) : decay(rate, step, total, warmUp, schedule);
      }
      check(row, schedule, rate, step, total, step + 1);
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
