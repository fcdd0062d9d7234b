package org.nin4j.train;

import org.nin4j.internal.SplitMix64;

/**
 * Random numbers to initialize one parameter. They are a function of the seed and the parameter's
 * name, and do not depend on the other layers.
 */
final class ParameterRandom {
  private final SplitMix64 random = new SplitMix64();

  ParameterRandom(long seed, String name) {
    random.seed(seed, name.hashCode(), name.length());
  }

  /** Fills an array with numbers that are uniformly distributed in [-bound, bound). */
  void uniform(float[] values, double bound) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * unit() - 1) * bound);
    }
  }

  /**
   * Fills an array with normally distributed numbers of mean 0, by the method of Box and Muller
   * (1958). StrictMath gives the same bits on all machines.
   */
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

  /** Returns a multiple of 2^-53 that is uniformly distributed in [0, 1). */
  private double unit() {
    return (random.next() >>> 11) * 0x1p-53;
  }
}
