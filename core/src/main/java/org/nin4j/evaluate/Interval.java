package org.nin4j.evaluate;

/**
 * An interval that contains an unknown value with a certain confidence.
 *
 * @param low lower end, inclusive
 * @param high upper end, inclusive
 */
public record Interval(double low, double high) {
  /**
   * Checks the order of the ends.
   *
   * @param low lower end, inclusive
   * @param high upper end, inclusive
   * @throws IllegalArgumentException when the lower end is above the upper end, or one is NaN
   */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(low + " to " + high + " is not an interval");
    }
  }

  /**
   * Returns Wilson's score interval for a probability, such as a model's accuracy, of which a
   * fraction was observed (E. B. Wilson, "Probable inference, the law of succession, and
   * statistical inference", 1927; without continuity correction). It holds for small counts and for
   * fractions near 0 and 1, too.
   *
   * <p>With the observed fraction f of n trials and the normal quantile z, its ends are (f + z^2 /
   * 2n +- z sqrt(f (1 - f) / n + z^2 / 4n^2)) / (1 + z^2 / n).
   *
   * @param successes how many trials succeeded, 0 to {@code trials}
   * @param trials number of independent trials, at least 1
   * @param confidence how often such an interval contains the probability, above 0 and below 1;
   *     0.95 is common
   * @return an interval within 0 to 1
   * @throws IllegalArgumentException when an argument is out of its range
   */
  public static Interval wilson(int successes, int trials, double confidence) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "there are no " + successes + " successes in " + trials + " trials");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "a confidence must be above 0 and below 1, but is " + confidence);
    }
    double z = NormalDistribution.upperQuantile((1 - confidence) / 2);
    double n = trials;
    double fraction = successes / n;
    double scale = 1 + z * z / n;
    double center = (fraction + z * z / (2 * n)) / scale;
    double half = z * Math.sqrt(fraction * (1 - fraction) / n + z * z / (4 * n * n)) / scale;
    return new Interval(
        successes == 0 ? 0 : Math.max(0, center - half),
        successes == trials ? 1 : Math.min(1, center + half));
  }
}
