package org.nin4j.evaluate;

/** The standard normal distribution. */
final class NormalDistribution {
  /** From here on, the continued fraction converges fast; below, the series is exact enough. */
  private static final double TAIL = 3;

  /** The largest value whose tail is not rounded to 0. */
  private static final double LARGEST = 38;

  /** Levels of the continued fraction, enough for all digits at {@link #TAIL}. */
  private static final int LEVELS = 200;

  private NormalDistribution() {}

  /**
   * Returns the probability of a value above {@code x}.
   *
   * <p>Near 0 it is 1/2 - density(x) (x + x^3 / 3 + x^5 / (3 * 5) + ...), from Marsaglia,
   * "Evaluating the Normal Distribution", 2004; in the tail, it is Laplace's continued fraction
   * density(x) / (x + 1 / (x + 2 / (x + 3 / ...))).
   *
   * @param x at least 0
   * @return 0 to 1/2
   */
  static double upperTail(double x) {
    double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    if (x >= TAIL) {
      double fraction = x;
      for (int level = LEVELS; level > 0; level--) {
        fraction = x + level / fraction;
      }
      return density / fraction;
    }
    double sum = 0;
    double term = x;
    for (int odd = 3; sum + term != sum; odd += 2) {
      sum += term;
      term *= x * x / odd;
    }
    return 0.5 - density * sum;
  }

  /**
   * Returns the value that is exceeded with a probability.
   *
   * @param probability above 0, at most 1/2
   * @return at least 0
   */
  static double upperQuantile(double probability) {
    double low = 0;
    double high = LARGEST;
    for (double middle = (low + high) / 2;
        low < middle && middle < high;
        middle = (low + high) / 2) {
      if (upperTail(middle) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
