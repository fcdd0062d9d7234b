package org.nin4j.train;

import org.nin4j.internal.SplitMix64;

/**
 * Random numbers for one parameter, a function of the seed and its name: the order of layers does
 * not matter.
 */
final class InitialNumbers {
  private final SplitMix64 random = new SplitMix64();

  InitialNumbers(long seed, String name) {
    random.seed(seed, name.hashCode(), name.length());
  }

  /** Uniform in +-bound. */
  void uniform(float[] values, double bound) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * unit() - 1) * bound);
    }
  }

  /** Normal with mean 0, by Box and Muller (1958). StrictMath, so that all machines agree. */
  void normal(float[] values, double deviation) {
    for (int i = 0; i < values.length; i += 2) {
      double radius = deviation * Math.sqrt(-2 * StrictMath.log(1 - unit()));
      double angle = 2 * StrictMath.PI * unit();
      values[i] = (float) (radius * StrictMath.cos(angle));
      if (i + 1 < values.length) {
        values[i + 1] = (float) (radius * StrictMath.sin(angle));
      }
    }
  }

  /** From 0 to below 1, in steps of 2^-53. */
  private double unit() {
    return (random.next() >>> 11) * 0x1p-53;
  }
}
