package org.nin4j.conformance;

import java.util.Locale;
import java.util.Map;

/**
 * The value of an output whose error is the largest multiple of its tolerance.
 *
 * @param implementation the engine or library that computed the value
 * @param array the name of the array
 * @param index the index of the value in the array
 * @param value the computed value
 * @param expected the value in double precision
 * @param tolerance the largest error allowed
 */
record Deviation(
    String implementation,
    String array,
    int index,
    double value,
    double expected,
    double tolerance) {
  /**
   * The error as a multiple of the tolerance; infinite for a NaN, and for a wrong value with a
   * tolerance of 0.
   */
  double ratio() {
    return ratio(error(), tolerance);
  }

  private static double ratio(double error, double tolerance) {
    if (error == 0) {
      return 0;
    }
    double ratio = error / tolerance;
    return Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
  }

  double error() {
    return Math.abs(value - expected);
  }

  boolean isDefect() {
    return ratio() > 1;
  }

  /** The value of one array with the largest ratio. */
  static Deviation of(
      String implementation,
      String array,
      double[] values,
      double[] expected,
      double[] tolerances) {
    int worst = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      double ratio = ratio(Math.abs(values[i] - expected[i]), tolerances[i]);
      if (ratio > largest) {
        largest = ratio;
        worst = i;
      }
    }
    return new Deviation(
        implementation, array, worst, values[worst], expected[worst], tolerances[worst]);
  }

  /** The value with the largest ratio in all arrays that have a tolerance. */
  static Deviation of(
      String implementation, Outputs outputs, Outputs expected, Map<String, double[]> tolerances) {
    Deviation worst = new Deviation(implementation, "", 0, 0, 0, 1);
    for (String array : tolerances.keySet()) {
      Deviation each =
          of(
              implementation,
              array,
              outputs.arrays().get(array),
              expected.arrays().get(array),
              tolerances.get(array));
      if (each.ratio() > worst.ratio()) {
        worst = each;
      }
    }
    return worst;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s[%d] is %.9g, should be %.9g: error %.3g, tolerance %.3g",
        implementation,
        array,
        index,
        value,
        expected,
        error(),
        tolerance);
  }
}
