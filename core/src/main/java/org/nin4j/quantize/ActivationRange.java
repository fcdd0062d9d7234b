package org.nin4j.quantize;

import org.nin4j.engine.QuantizationParameters;

/**
 * The values that a layer was given, and the scale and zero point that represent them best. Values
 * are seen twice: first for their smallest and largest, then to be counted.
 */
final class ActivationRange {
  private static final int BINS = 2048;

  /** Ranges that are tried: the whole one, and parts of it down to a fifth. */
  private static final int CANDIDATES = 81;

  private final long[] counts = new long[BINS];
  private float min = 0; // a range holds 0, which padding and ReLU make exactly
  private float max = 0;

  void widen(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
  }

  void count(float[] values, int count) {
    double width = binWidth();
    if (width == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      counts[(int) Math.min(BINS - 1, (values[i] - min) / width)]++;
    }
  }

  /** One that has seen nothing yet, to count on another thread. */
  ActivationRange withSameBounds() {
    ActivationRange other = new ActivationRange();
    other.min = min;
    other.max = max;
    return other;
  }

  /** Adds what another one has seen. */
  void add(ActivationRange other) {
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    for (int i = 0; i < BINS; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** The part of the range whose rounding and clipping lead to the least squared error. */
  QuantizationParameters best() {
    QuantizationParameters best = part(1);
    double least = squaredError(best);
    for (int i = 1; i < CANDIDATES; i++) {
      QuantizationParameters candidate = part(1 - 0.01 * i);
      double error = squaredError(candidate);
      if (error < least) {
        least = error;
        best = candidate;
      }
    }
    return best;
  }

  private QuantizationParameters part(double share) {
    return QuantizationParameters.spanning((float) (share * min), (float) (share * max));
  }

  private double squaredError(QuantizationParameters candidate) {
    double sum = 0;
    for (int i = 0; i < BINS; i++) {
      double value = min + (i + 0.5) * binWidth();
      double error = value - candidate.round(value);
      sum += counts[i] * error * error;
    }
    return sum;
  }

  private double binWidth() {
    return ((double) max - min) / BINS;
  }
}
