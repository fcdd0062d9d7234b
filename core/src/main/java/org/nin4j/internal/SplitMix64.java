package org.nin4j.internal;

import java.util.random.RandomGenerator;

/**
 * The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
 * Written out, because the same seed must give the same numbers on every version of Java; so use
 * none of {@link RandomGenerator}'s methods but those that are overridden here.
 */
public final class SplitMix64 implements RandomGenerator {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** Starts the stream of numbers that belongs to these three. */
  public void seed(long a, long b, long c) {
    state = mix(mix(mix(a + GAMMA) + b + GAMMA) + c);
  }

  /** Starts the stream of numbers that belongs to these four. */
  public void seed(long a, long b, long c, long d) {
    state = mix(mix(mix(mix(a + GAMMA) + b + GAMMA) + c + GAMMA) + d);
  }

  /** The next 64 bits. */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /** From 0 to bound - 1; the excess of any value is below bound / 2^32. */
  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** Puts values into a random order, each equally likely (Fisher and Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  @Override
  public long nextLong() {
    return next();
  }

  /** As {@link #below}. */
  @Override
  public int nextInt(int bound) {
    return below(bound);
  }

  /** From 0 to below 1, a multiple of 2^-53. */
  @Override
  public double nextDouble() {
    return (next() >>> 11) * 0x1p-53;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
