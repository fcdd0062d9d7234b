package org.nin4j.train.schedule;

/**
 * A linear rise to the highest learning rate of another schedule, which follows it and spans the
 * remaining steps. The rise takes {@code part} of all steps, but at least {@code leastSteps}, and
 * at most half of all steps.
 *
 * @param part fraction of all steps that the warm-up takes, 0 to 0.5
 * @param leastSteps number of steps that the warm-up takes at least, 0 or more; not 0 if {@code
 *     part} is 0
 * @param then the schedule after the warm-up; not a warm-up itself
 */
public record WarmUp(double part, int leastSteps, Schedule then) implements Schedule {
  private static final double MOST = 0.5;

  /**
   * Creates a schedule.
   *
   * @param part fraction of all steps that the warm-up takes, 0 to 0.5
   * @param leastSteps number of steps that the warm-up takes at least, 0 or more; not 0 if {@code
   *     part} is 0
   * @param then the schedule after the warm-up; not a warm-up itself
   * @throws IllegalArgumentException when a value is out of its range, or the other schedule is a
   *     warm-up
   */
  public WarmUp {
    if (!(part >= 0 && part <= MOST)) {
      throw new IllegalArgumentException(
          "the warm-up must be a fraction of all steps, 0 to 0.5, but is " + part);
    }
    if (leastSteps < 0) {
      throw new IllegalArgumentException(
          "a warm-up cannot take at least " + leastSteps + " steps; use 0 or more");
    }
    if (part == 0 && leastSteps == 0) {
      throw new IllegalArgumentException(
          "the warm-up takes no steps; give it a fraction of all steps or a number of steps");
    }
    if (then instanceof WarmUp) {
      throw new IllegalArgumentException("a warm-up cannot follow another warm-up");
    }
  }

  @Override
  public double learningRate() {
    return then.learningRate();
  }

  @Override
  public double rate(double step, double total, ScheduleState state) {
    double warmUp = Math.max(part * total, Math.min(leastSteps, MOST * total));
    return step < warmUp
        ? state.scale() * then.learningRate() * Math.min(1, (step + 1) / warmUp)
        : then.rate(step - warmUp, total - warmUp, state);
  }

  @Override
  public ScheduleState after(double loss, ScheduleState state) {
    return then.after(loss, state);
  }

  @Override
  public Schedule withLearningRate(double newRate) {
    return new WarmUp(part, leastSteps, then.withLearningRate(newRate));
  }
}
