package org.nin4j.train;

/**
 * The learning rate of each step of a training. Schedules are composable: {@code
 * Schedule.cosine(1e-3).withWarmUp(0.1)} rises linearly over the first tenth of all steps and then
 * falls along half a cosine.
 *
 * <p>A schedule is immutable. What depends on the epochs so far is kept in a {@link ScheduleState},
 * which is part of each checkpoint.
 */
public sealed interface Schedule {
  /**
   * Returns the highest learning rate that the schedule reaches.
   *
   * @return the learning rate, above 0
   */
  double learningRate();

  /**
   * Returns the learning rate of a step.
   *
   * @param step index of the step in the training, from 0
   * @param total number of steps of the whole training
   * @param state the schedule's state after the epochs so far
   * @return the learning rate, at least 0
   */
  double rate(double step, double total, ScheduleState state);

  /**
   * Returns the schedule's state after an epoch. Most schedules do not depend on the epochs so far,
   * and return the state unchanged.
   *
   * @param metrics the metrics of the epoch that has just ended
   * @param state the state before that epoch
   * @return the state after that epoch
   */
  default ScheduleState after(EpochMetrics metrics, ScheduleState state) {
    return state;
  }

  /**
   * Returns a schedule of the same form with another highest learning rate.
   *
   * @param newRate the highest learning rate, above 0
   * @return the changed schedule
   * @throws IllegalArgumentException when the rate is not above 0
   */
  Schedule withLearningRate(double newRate);

  /**
   * Returns a schedule with the same learning rate for all steps.
   *
   * @param learningRate the learning rate, above 0
   * @return the schedule
   * @throws IllegalArgumentException when the rate is not above 0
   */
  static Schedule constant(double learningRate) {
    return new Constant(learningRate);
  }

  /**
   * Returns a schedule whose learning rate falls to 0 along half a cosine.
   *
   * @param learningRate the learning rate of the first step, above 0
   * @return the schedule
   * @throws IllegalArgumentException when the rate is not above 0
   */
  static Schedule cosine(double learningRate) {
    return new Cosine(learningRate);
  }

  /**
   * Returns this schedule with a linear warm-up before it.
   *
   * @param part fraction of all steps that the warm-up takes, above 0 and below 1; see {@link
   *     WarmUp} for the shortest one
   * @return the schedule with a warm-up
   * @throws IllegalArgumentException when the fraction is out of its range, or this schedule has a
   *     warm-up already
   */
  default Schedule withWarmUp(double part) {
    return new WarmUp(part, this);
  }

  /**
   * The same learning rate for all steps.
   *
   * @param learningRate the learning rate, above 0
   */
  record Constant(double learningRate) implements Schedule {
    /**
     * Creates a schedule.
     *
     * @param learningRate the learning rate, above 0
     * @throws IllegalArgumentException when the rate is not above 0
     */
    public Constant {
      requireRate(learningRate);
    }

    @Override
    public double rate(double step, double total, ScheduleState state) {
      return learningRate;
    }

    @Override
    public Schedule withLearningRate(double newRate) {
      return new Constant(newRate);
    }
  }

  /**
   * A learning rate that falls to 0 along half a cosine (Loshchilov and Hutter, 2016), from step to
   * step, as in PyTorch's CosineAnnealingLR.
   *
   * @param learningRate the learning rate of the first step, above 0
   */
  record Cosine(double learningRate) implements Schedule {
    /**
     * Creates a schedule.
     *
     * @param learningRate the learning rate of the first step, above 0
     * @throws IllegalArgumentException when the rate is not above 0
     */
    public Cosine {
      requireRate(learningRate);
    }

    @Override
    public double rate(double step, double total, ScheduleState state) {
      return learningRate * (1 + StrictMath.cos(StrictMath.PI * (step / total))) / 2;
    }

    @Override
    public Schedule withLearningRate(double newRate) {
      return new Cosine(newRate);
    }
  }

  /**
   * A learning rate that rises linearly from 0 to the highest learning rate of another schedule,
   * and then follows that schedule.
   *
   * <p>The warm-up takes at least 150 steps, or half of the steps of a training of fewer than 300:
   * after a shorter one, units of ReLU layers may be 0 for every image and never recover.
   *
   * @param part fraction of all steps that the warm-up takes, above 0 and below 1
   * @param then the schedule after the warm-up, over the remaining steps; not a warm-up itself
   */
  record WarmUp(double part, Schedule then) implements Schedule {
    private static final int FEWEST_STEPS = 150;

    /**
     * Creates a schedule.
     *
     * @param part fraction of all steps that the warm-up takes, above 0 and below 1
     * @param then the schedule after the warm-up; not a warm-up itself
     * @throws IllegalArgumentException when the fraction is out of its range, or the other schedule
     *     is a warm-up
     */
    public WarmUp {
      if (!(part > 0 && part < 1)) {
        throw new IllegalArgumentException(
            "the warm-up must be a fraction of all steps, above 0 and below 1, but is " + part);
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
      double warmUp = Math.max(part * total, Math.min(FEWEST_STEPS, total / 2));
      return step < warmUp
          ? state.scale() * then.learningRate() * Math.min(1, (step + 1) / warmUp)
          : then.rate(step - warmUp, total - warmUp, state);
    }

    @Override
    public ScheduleState after(EpochMetrics metrics, ScheduleState state) {
      return then.after(metrics, state);
    }

    @Override
    public Schedule withLearningRate(double newRate) {
      return new WarmUp(part, then.withLearningRate(newRate));
    }
  }

  /**
   * A learning rate that is multiplied by a factor whenever the loss has not fallen for some
   * epochs, as in PyTorch's ReduceLROnPlateau with a relative threshold of 1e-4. The loss is that
   * of the validation images if the data set has some, otherwise the training loss.
   *
   * @param learningRate the learning rate before the first reduction, above 0
   * @param factor the factor of each reduction, above 0 and below 1
   * @param patience number of consecutive epochs without improvement that do not yet lead to a
   *     reduction, at least 0
   */
  record ReduceOnPlateau(double learningRate, double factor, int patience) implements Schedule {
    private static final double THRESHOLD = 1e-4;

    /**
     * Creates a schedule.
     *
     * @param learningRate the learning rate before the first reduction, above 0
     * @param factor the factor of each reduction, above 0 and below 1
     * @param patience number of consecutive epochs without improvement that do not yet lead to a
     *     reduction, at least 0
     * @throws IllegalArgumentException when a value is out of its range
     */
    public ReduceOnPlateau {
      requireRate(learningRate);
      if (!(factor > 0 && factor < 1)) {
        throw new IllegalArgumentException(
            "the factor of a plateau must be above 0 and below 1, but is " + factor);
      }
      if (patience < 0) {
        throw new IllegalArgumentException(
            "the patience at a plateau must be at least 0 epochs, but is " + patience);
      }
    }

    @Override
    public double rate(double step, double total, ScheduleState state) {
      return learningRate * state.scale();
    }

    @Override
    public ScheduleState after(EpochMetrics metrics, ScheduleState state) {
      double loss = metrics.validation().orElse(metrics.train()).loss();
      if (loss < state.best() * (1 - THRESHOLD)) {
        return new ScheduleState(state.scale(), loss, 0);
      }
      int bad = state.badEpochs() + 1;
      return bad > patience
          ? new ScheduleState(state.scale() * factor, state.best(), 0)
          : new ScheduleState(state.scale(), state.best(), bad);
    }

    @Override
    public Schedule withLearningRate(double newRate) {
      return new ReduceOnPlateau(newRate, factor, patience);
    }
  }

  private static void requireRate(double learningRate) {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be above 0, but is " + learningRate);
    }
  }
}
