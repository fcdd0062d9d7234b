package org.nin4j.train.schedule;

/**
 * A learning rate that falls linearly, step by step, as by PyTorch's LinearLR.
 *
 * @param learningRate the learning rate of the first step, above 0
 * @param end fraction of it that would be reached one step after the last, 0 to 1
 */
public record Linear(double learningRate, double end) implements Schedule {
  /**
   * Creates a schedule.
   *
   * @param learningRate the learning rate of the first step, above 0
   * @param end fraction of it that would be reached one step after the last, 0 to 1
   * @throws IllegalArgumentException when a value is out of its range
   */
  public Linear {
    LearningRates.require(learningRate);
    LearningRates.requireFraction("the end of a linear schedule", end);
  }

  @Override
  public double rate(double step, double total, ScheduleState state) {
    return learningRate * (1 + (end - 1) * (step / total));
  }

  @Override
  public Schedule withLearningRate(double newRate) {
    return new Linear(newRate, end);
  }
}
