package org.nin4j.conformance.training;

import java.util.Arrays;

/** Numbers drawn from a distribution, and what statistics say of it. */
final class Sample {
  private final float[] values;

  Sample(float[] values) {
    this.values = values;
  }

  int size() {
    return values.length;
  }

  double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Mean square, as the mean should be 0. */
  double variance() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum / values.length;
  }

  double largest() {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** Of each value with the next, over the variance. */
  double correlationOfNeighbours() {
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      sum += (double) values[i] * values[i - 1];
    }
    return sum / (values.length - 1) / variance();
  }

  /** Of values at the same places, as many as both have. */
  double correlation(Sample other) {
    int count = Math.min(values.length, other.values.length);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) values[i] * other.values[i];
    }
    return sum / count / Math.sqrt(variance() * other.variance());
  }

  /** Kolmogorov and Smirnov's: the largest distance of the two distribution functions. */
  double distance(Sample other) {
    float[] a = sorted();
    float[] b = other.sorted();
    double largest = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      float value = Math.min(a[i], b[j]);
      while (i < a.length && a[i] == value) {
        i++;
      }
      while (j < b.length && b[j] == value) {
        j++;
      }
      largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return largest;
  }

  private float[] sorted() {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
