package org.nin4j.train;

/**
 * The learning rate over a training: linear from 0 over the first {@code warmUp} of all steps, then
 * constant, or falling to 0 along half a cosine (Loshchilov and Hutter, 2016).
 *
 * @param learningRate the highest
 * @param warmUp part of all steps, from 0 to below 1
 */
public record Schedule(double learningRate, double warmUp, boolean cosine) {
  /**
   * A warm-up takes so many steps even in a short training, or half of all: units die in a shorter
   * one.
   */
  private static final int FEWEST = 150;

  public Schedule {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be above 0, but is " + learningRate);
    }
    if (!(warmUp >= 0 && warmUp < 1)) {
      throw new IllegalArgumentException(
          "the warm-up must be a part of all steps, at least 0 and below 1, but is " + warmUp);
    }
  }

  /** The same rate all the time. */
  public static Schedule constant(double learningRate) {
    return new Schedule(learningRate, 0, false);
  }

  /**
   * The rate of a step.
   *
   * @param step from 0
   * @param total steps of the whole training
   */
  public double at(long step, long total) {
    double warmUpSteps = warmUp == 0 ? 0 : Math.max(warmUp * total, Math.min(FEWEST, total / 2.0));
    if (step < warmUpSteps) {
      return learningRate * Math.min(1, (step + 1) / warmUpSteps);
    }
    if (!cosine) {
      return learningRate;
    }
    double done = (step - warmUpSteps) / (total - warmUpSteps);
    return learningRate * (1 + StrictMath.cos(StrictMath.PI * done)) / 2;
  }
}
