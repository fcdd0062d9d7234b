package org.nin4j.train.schedule;

/** What all schedules require of a learning rate. */
final class LearningRates {
  private LearningRates() {}

  /**
   * Checks a learning rate.
   *
   * @throws IllegalArgumentException when the rate is not above 0 and finite
   */
  static void require(double learningRate) {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the learning rate must be above 0, but is " + learningRate);
    }
  }

  /**
   * Checks a fraction of the highest learning rate.
   *
   * @throws IllegalArgumentException when the fraction is not at least 0 and at most 1
   */
  static void requireFraction(String what, double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          what + " must be at least 0 and at most 1, but is " + fraction);
    }
  }
}
