package org.nin4j.train.schedule;

/**
 * A learning rate that falls to 0 along half a cosine, step by step, as by PyTorch's
 * CosineAnnealingLR (Loshchilov and Hutter, 2016).
 *
 * @param learningRate the learning rate of the first step, above 0
 */
public record Cosine(double learningRate) implements Schedule {
  /**
   * Creates a schedule.
   *
   * @param learningRate the learning rate of the first step, above 0
   * @throws IllegalArgumentException when the rate is not above 0
   */
  public Cosine {
    LearningRates.require(learningRate);
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
