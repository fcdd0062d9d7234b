package org.nin4j.train.schedule;

/**
 * A learning rate that is reduced when the loss no longer falls, as by PyTorch's ReduceLROnPlateau.
 * An epoch improves on the best loss if its loss is lower by more than 1e-4 of it.
 *
 * @param learningRate the learning rate before the first reduction, above 0
 * @param factor the factor of each reduction, above 0 and below 1
 * @param patience number of consecutive epochs without improvement that do not yet lead to a
 *     reduction, at least 0
 */
public record ReduceOnPlateau(double learningRate, double factor, int patience)
    implements Schedule {
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
    LearningRates.require(learningRate);
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
  public ScheduleState after(double loss, ScheduleState state) {
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
