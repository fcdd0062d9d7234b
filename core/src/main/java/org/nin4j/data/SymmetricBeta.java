package org.nin4j.data;

import java.util.random.RandomGenerator;

/** Random numbers from 0 to 1 with the symmetric distribution Beta(alpha, alpha). */
final class SymmetricBeta {
  private static final double MIN_ALPHA = 0.05;
  private static final double MAX_ALPHA = 4;

  private SymmetricBeta() {}

  static void require(String owner, double alpha) {
    if (!(alpha >= MIN_ALPHA && alpha <= MAX_ALPHA)) {
      throw new IllegalArgumentException(
          String.format(
              "the alpha of %s must be from %s to %s, but is %s",
              owner, MIN_ALPHA, MAX_ALPHA, alpha));
    }
  }

  /** Joehnk's method: draws pairs until one is accepted, at most 70 on average. */
  static double draw(double alpha, RandomGenerator random) {
    while (true) {
      double x = StrictMath.pow(random.nextDouble(), 1 / alpha);
      double y = StrictMath.pow(random.nextDouble(), 1 / alpha);
      if (x + y > 0 && x + y <= 1) {
        return x / (x + y);
      }
    }
  }
}
