package org.nin4j.train;

/**
 * The learning rate over a training. Schedules are composed: {@code Schedule.cosine(1e-3)
 * .withWarmUp(0.1)} rises linearly over the first tenth of all steps and then falls along half a
 * cosine.
 *
 * <p>A schedule is an immutable value. What it remembers of the epochs so far is a {@link
 * ScheduleState}, which checkpoints hold.
 */
public sealed interface Schedule {
  /** The highest learning rate that the schedule reaches, above 0. */
  double learningRate();

  /**
   * Returns the learning rate of a step.
   *
   * @param step number of the step, from 0
   * @param total number of steps of the whole training
   * @param state what the schedule remembers of the epochs so far
   */
  double rate(double step, double total, ScheduleState state);

  /**
   * Returns what the schedule remembers after an epoch. Most schedules remember nothing.
   *
   * @param metrics of the epoch that has just ended
   * @param state before that epoch
   */
  default ScheduleState after(EpochMetrics metrics, ScheduleState state) {
    return state;
  }

  /**
   * Returns the same course with another highest learning rate.
   *
   * @throws IllegalArgumentException when the rate is not above 0
   */
  Schedule withLearningRate(double newRate);

  /**
   * Returns the same rate for all steps.
   *
   * @throws IllegalArgumentException when the rate is not above 0
   */
  static Schedule constant(double learningRate) {
    return new Constant(learningRate);
  }

  /**
   * Returns a rate that falls to 0 along half a cosine.
   *
   * @throws IllegalArgumentException when the rate is not above 0
   */
  static Schedule cosine(double learningRate) {
    return new Cosine(learningRate);
  }

  /**
   * Returns this schedule after a linear warm-up.
   *
   * @param part of all steps that the warm-up takes, above 0 and below 1
   * @throws IllegalArgumentException when the part is something else, or this schedule has a
   *     warm-up already
   */
  default Schedule withWarmUp(double part) {
    return new WarmUp(part, this);
  }

  /** The same learning rate for all steps. */
  record Constant(double learningRate) implements Schedule {
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
   * A learning rate that falls to 0 along half a cosine (Loshchilov and Hutter, 2016), step by
   * step: PyTorch's CosineAnnealingLR.
   *
   * @param learningRate of the first step
   */
  record Cosine(double learningRate) implements Schedule {
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
   * A learning rate that rises linearly from 0 to another schedule's highest, which then begins.
   *
   * @param part of all steps, above 0 and below 1, that the warm-up takes; at least 150 steps, or
   *     half of a short training, because units die in a shorter one
   * @param then the schedule after it, over the steps that remain
   */
  record WarmUp(double part, Schedule then) implements Schedule {
    private static final int FEWEST_STEPS = 150;

    public WarmUp {
      if (!(part > 0 && part < 1)) {
        throw new IllegalArgumentException(
            "the warm-up must be a part of all steps, above 0 and below 1, but is " + part);
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
   * A learning rate that is multiplied by a factor each time that the training loss has not fallen
   * for some epochs: PyTorch's ReduceLROnPlateau with a relative threshold of 1e-4.
   *
   * @param learningRate before the first reduction
   * @param factor by which the rate is multiplied, above 0 and below 1
   * @param patience number of epochs without improvement that are tolerated, at least 0
   */
  record ReduceOnPlateau(double learningRate, double factor, int patience) implements Schedule {
    private static final double THRESHOLD = 1e-4;

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
      if (metrics.trainLoss() < state.best() * (1 - THRESHOLD)) {
        return new ScheduleState(state.scale(), metrics.trainLoss(), 0);
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
