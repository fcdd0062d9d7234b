package org.nin4j.data;

import java.util.random.RandomGenerator;

/** Numbers from 0 to 1 by a symmetric Beta distribution. */
final class BetaShare {
  private static final double SMALLEST_ALPHA = 0.05;
  private static final double LARGEST_ALPHA = 4;

  private BetaShare() {}

  static void require(String owner, double alpha) {
    if (!(alpha >= SMALLEST_ALPHA && alpha <= LARGEST_ALPHA)) {
      throw new IllegalArgumentException(
          String.format(
              "the alpha of %s must be from %s to %s, but is %s",
              owner, SMALLEST_ALPHA, LARGEST_ALPHA, alpha));
    }
  }

  /** By Joehnk's method, which draws pairs until one fits: 73 of them on average at most. */
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
