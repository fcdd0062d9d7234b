package org.nin4j.evaluate;

import java.util.List;

/**
 * McNemar's test of whether one of two models is better, on the same images (Q. McNemar, "Note on
 * the sampling error of the difference between correlated proportions or percentages", 1947). Only
 * the images that exactly one of the models classifies correctly matter. If both models were
 * equally good, each of these would be equally likely to go to either model.
 *
 * @param bothCorrect number of images that both models classify correctly
 * @param onlyFirstCorrect number of images that only the first model classifies correctly
 * @param onlySecondCorrect number of images that only the second model classifies correctly
 * @param bothWrong number of images that neither model classifies correctly
 */
public record McNemar(int bothCorrect, int onlyFirstCorrect, int onlySecondCorrect, int bothWrong) {
  /** With fewer discordant images, the chi-squared distribution is not close enough. */
  private static final int FEW = 25;

  /** How the p-value is computed. */
  public enum Method {
    /** The exact binomial test. */
    EXACT_BINOMIAL("exact binomial"),
    /** The chi-squared test with one degree of freedom and continuity correction. */
    CHI_SQUARED("chi-squared with continuity correction");

    private final String text;

    Method(String text) {
      this.text = text;
    }

    /** {@return what it is called in a sentence} */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Checks the counts.
   *
   * @param bothCorrect number of images that both models classify correctly
   * @param onlyFirstCorrect number of images that only the first model classifies correctly
   * @param onlySecondCorrect number of images that only the second model classifies correctly
   * @param bothWrong number of images that neither model classifies correctly
   * @throws IllegalArgumentException when a count is negative
   */
  public McNemar {
    if (bothCorrect < 0 || onlyFirstCorrect < 0 || onlySecondCorrect < 0 || bothWrong < 0) {
      throw new IllegalArgumentException("the counts of images must not be negative");
    }
  }

  /**
   * Compares two models.
   *
   * @param first the results of the first model
   * @param second the results of the second model on the same images in the same order
   * @return the test
   * @throws IllegalArgumentException when the classes, the number of images or their labels differ
   */
  public static McNemar of(Evaluation first, Evaluation second) {
    if (!first.classes().equals(second.classes())) {
      throw new IllegalArgumentException("the two evaluations are of different classes");
    }
    List<ImageResult> ones = first.results();
    List<ImageResult> others = second.results();
    if (!labels(ones).equals(labels(others))) {
      throw new IllegalArgumentException(
          "the two evaluations are of different images, or in a different order");
    }
    int[] counts = new int[4];
    for (int i = 0; i < ones.size(); i++) {
      counts[(ones.get(i).correct() ? 0 : 2) + (others.get(i).correct() ? 0 : 1)]++;
    }
    return new McNemar(counts[0], counts[1], counts[2], counts[3]);
  }

  private static List<Integer> labels(List<ImageResult> results) {
    return results.stream().map(ImageResult::label).toList();
  }

  /** {@return the number of images that exactly one of the models classifies correctly} */
  public int discordant() {
    return Math.addExact(onlyFirstCorrect, onlySecondCorrect);
  }

  /** {@return the exact test for fewer than 25 discordant images, else the chi-squared test} */
  public Method method() {
    return discordant() < FEW ? Method.EXACT_BINOMIAL : Method.CHI_SQUARED;
  }

  /**
   * Returns the two-sided p-value: if both models were equally good, how likely a difference at
   * least as large as the observed one would be.
   *
   * @return above 0.05, by a common convention, when the data do not show that one model is better;
   *     1 when there are no discordant images
   */
  public double pValue() {
    return method() == Method.EXACT_BINOMIAL
        ? exactPValue()
        : 2 * NormalDistribution.upperTail(Math.sqrt(chiSquared()));
  }

  /** Twice the probability of at most the smaller count in fair coin tosses, at most 1. */
  private double exactPValue() {
    int n = discordant();
    double ways = 1; // n choose k
    double sum = 0;
    for (int k = 0; k <= Math.min(onlyFirstCorrect, onlySecondCorrect); k++) {
      sum += ways;
      ways = ways * (n - k) / (k + 1);
    }
    return Math.min(1, 2 * sum / Math.pow(2, n));
  }

  /**
   * Returns the statistic of the chi-squared test with Edwards' continuity correction, (|b - c| -
   * 1)^2 / (b + c) for the two counts b and c of discordant images.
   *
   * @return the statistic, at least 0, also where the p-value is computed exactly; NaN when there
   *     are no discordant images
   */
  public double chiSquared() {
    double difference = Math.max(0, Math.abs(onlyFirstCorrect - onlySecondCorrect) - 1);
    return difference * difference / discordant();
  }
}
