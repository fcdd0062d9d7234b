package org.nin4j.train.schedule;

/**
 * The same learning rate for all steps.
 *
 * @param learningRate the learning rate, above 0
 */
public record Constant(double learningRate) implements Schedule {
  /**
   * Creates a schedule.
   *
   * @param learningRate the learning rate, above 0
   * @throws IllegalArgumentException when the rate is not above 0
   */
  public Constant {
    LearningRates.require(learningRate);
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
