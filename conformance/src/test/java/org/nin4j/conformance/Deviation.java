package org.nin4j.conformance;

import java.util.Locale;
import java.util.Map;

/**
 * Where an answer is furthest from the truth, measured by what is allowed there.
 *
 * @param who whose answer it is
 * @param array its name
 * @param place of the value in the array
 * @param value what it is
 * @param truth what it should be
 * @param allowance by how much it may differ
 */
record Deviation(
    String who, String array, int place, double value, double truth, double allowance) {
  /**
   * The error as a multiple of what is allowed; infinite for a value that should be exact or is
   * NaN.
   */
  double ratio() {
    return ratio(error(), allowance);
  }

  private static double ratio(double error, double allowance) {
    if (error == 0) {
      return 0;
    }
    double ratio = error / allowance;
    return Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
  }

  double error() {
    return Math.abs(value - truth);
  }

  boolean isDefect() {
    return ratio() > 1;
  }

  /** The furthest value of one array. */
  static Deviation of(
      String who, String array, double[] values, double[] truth, double[] allowances) {
    int furthest = 0;
    double largest = 0;
    for (int i = 0; i < truth.length; i++) {
      double ratio = ratio(Math.abs(values[i] - truth[i]), allowances[i]);
      if (ratio > largest) {
        largest = ratio;
        furthest = i;
      }
    }
    return new Deviation(
        who, array, furthest, values[furthest], truth[furthest], allowances[furthest]);
  }

  /** The furthest value of all arrays that there is an allowance for. */
  static Deviation of(String who, Answer answer, Answer truth, Map<String, double[]> allowances) {
    Deviation furthest = new Deviation(who, "", 0, 0, 0, 1);
    for (String array : allowances.keySet()) {
      Deviation each =
          of(
              who,
              array,
              answer.arrays().get(array),
              truth.arrays().get(array),
              allowances.get(array));
      if (each.ratio() > furthest.ratio()) {
        furthest = each;
      }
    }
    return furthest;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s[%d] is %.9g, should be %.9g: off by %.3g, %.3g allowed",
        who,
        array,
        place,
        value,
        truth,
        error(),
        allowance);
  }
}
