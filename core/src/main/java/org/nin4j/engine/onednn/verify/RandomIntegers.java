package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import org.nin4j.internal.SplitMix64;

/** The small integers of a check, and how they are read back. */
final class RandomIntegers {
  /** What {@link #whole} gives for a value that is no multiple of its unit. */
  static final long NONE = Long.MIN_VALUE;

  private static final int ONE = 1 << 16;

  private final SplitMix64 random = new SplitMix64();

  RandomIntegers(long seed) {
    random.seed(seed, 0, 0);
  }

  /** From {@code least} to {@code most}. */
  int between(int least, int most) {
    return least + random.below(most - least + 1);
  }

  /** 1 or -1. */
  int sign() {
    return random.next() < 0 ? -1 : 1;
  }

  /** Fills a part of a tensor: a share of it with 1 to {@code largest} units, the rest with 0. */
  void fill(FloatBuffer target, int from, int to, double share, int largest, float unit) {
    int threshold = threshold(share);
    for (int i = from; i < to; i++) {
      target.put(i, unit * number(random.next(), threshold, largest));
    }
  }

  /** Fills a tensor: a share of it with numbers up to {@code largest} of both signs. */
  void fillSigned(FloatBuffer target, double share, int largest) {
    int threshold = threshold(share);
    for (int i = 0; i < target.capacity(); i++) {
      long bits = random.next();
      target.put(i, (bits < 0 ? -1 : 1) * number(bits, threshold, largest));
    }
  }

  /** At least 1, or all would be 0. */
  private static int threshold(double share) {
    return (int) Math.ceil(share * ONE);
  }

  /** From three parts of 64 random bits; without branches, which would be predicted wrong. */
  private static float number(long bits, int threshold, int largest) {
    int filled = ((int) (bits & 0xFFFF) - threshold) >>> 31;
    return filled * (1 + (int) ((((bits >>> 16) & 0xFFFF) * largest) >>> 16));
  }

  /** The factors of a checksum. */
  long[] factors(int count) {
    long[] factors = new long[count];
    for (int i = 0; i < count; i++) {
      factors[i] = random.next() | 1;
    }
    return factors;
  }

  /** How many units a value is, or {@link #NONE}: not a whole number of them, or not a number. */
  static long whole(float value, float unit) {
    long units = (long) (value / unit);
    return units * unit == value ? units : NONE;
  }
}
