package org.nin4j.train.schedule;

/**
 * A learning rate that rises linearly to its peak and then falls linearly (Smith and Topin, 2017),
 * as PyTorch's OneCycleLR with {@code anneal_strategy="linear"} and without a cycle of the
 * momentum.
 *
 * @param learningRate the learning rate at the peak, above 0
 * @param start fraction of it in the first step, 0 to 1
 * @param peak fraction of all steps after which the peak is reached, above 0 and below 1
 * @param end fraction of the peak that would be reached one step after the last, 0 to 1
 */
public record OneCycle(double learningRate, double start, double peak, double end)
    implements Schedule {
  /**
   * Creates a schedule.
   *
   * @param learningRate the learning rate at the peak, above 0
   * @param start fraction of it in the first step, 0 to 1
   * @param peak fraction of all steps after which the peak is reached, above 0 and below 1
   * @param end fraction of the peak that would be reached one step after the last, 0 to 1
   * @throws IllegalArgumentException when a value is out of its range
   */
  public OneCycle {
    LearningRates.require(learningRate);
    LearningRates.requireFraction("the start of a cycle", start);
    LearningRates.requireFraction("the end of a cycle", end);
    if (!(peak > 0 && peak < 1)) {
      throw new IllegalArgumentException(
          "the peak of a cycle must be a fraction of all steps, above 0 and below 1, but is "
              + peak);
    }
  }

  @Override
  public double rate(double step, double total, ScheduleState state) {
    double done = step / total;
    return done < peak
        ? learningRate * (start + (1 - start) * (done / peak))
        : learningRate * (1 + (end - 1) * ((done - peak) / (1 - peak)));
  }

  @Override
  public Schedule withLearningRate(double newRate) {
    return new OneCycle(newRate, start, peak, end);
  }
}
