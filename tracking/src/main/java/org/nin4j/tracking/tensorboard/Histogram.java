package org.nin4j.tracking.tensorboard;

import java.util.Arrays;
import java.util.List;

/**
 * The distribution of the finite numbers in an array, over buckets of equal width from the smallest
 * to the largest number.
 *
 * @param min the smallest number
 * @param max the largest number
 * @param count how many numbers are finite
 * @param sum their sum
 * @param sumOfSquares the sum of their squares
 * @param limits the upper limit of each bucket, which is the lower limit of the next
 * @param counts how many numbers each bucket holds. A number on a limit belongs to the bucket above
 *     it, but the last bucket includes both of its limits
 */
record Histogram(
    double min,
    double max,
    long count,
    double sum,
    double sumOfSquares,
    List<Double> limits,
    List<Double> counts) {
  /** As many as TensorFlow's own summaries have. */
  private static final int BUCKETS = 30;

  /** Returns the histogram of an array; all zero and without buckets if no number is finite. */
  static Histogram of(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    long count = 0;
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        count++;
        sum += value;
        squares += (double) value * value;
      }
    }
    if (count == 0) {
      return new Histogram(0, 0, 0, 0, 0, List.of(), List.of());
    }
    List<Double> limits = limits(min, max);
    return new Histogram(
        min, max, count, sum, squares, limits, counts(values, min, max, limits.size()));
  }

  /** Equal numbers are in a single bucket, because a bucket must not be empty at either end. */
  private static List<Double> limits(double min, double max) {
    if (min == max) {
      return List.of(max);
    }
    Double[] limits = new Double[BUCKETS];
    for (int i = 0; i < BUCKETS - 1; i++) {
      limits[i] = min + (max - min) * (i + 1) / BUCKETS;
    }
    limits[BUCKETS - 1] = max;
    return List.of(limits);
  }

  private static List<Double> counts(float[] values, double min, double max, int buckets) {
    int[] counts = new int[buckets];
    double scale = min == max ? 0 : buckets / (max - min);
    for (float value : values) {
      if (Float.isFinite(value)) {
        counts[Math.min((int) ((value - min) * scale), buckets - 1)]++;
      }
    }
    return Arrays.stream(counts).mapToObj(count -> (double) count).toList();
  }
}
