package org.nin4j.train;

import org.nin4j.engine.Weights;

/** The Euclidean norm of all gradients together, and what clipping makes of it. */
final class GradientNorm {
  private static final int LANES = 8;

  private GradientNorm() {}

  /**
   * Sums in double precision in a fixed order, in lanes so that additions need not wait for one
   * another.
   */
  static double of(Weights gradients) {
    double sum = 0;
    for (int i = 0; i < gradients.count(); i++) {
      if (gradients.parameters().get(i).trainable()) {
        sum += squares(gradients.values(i));
      }
    }
    return Math.sqrt(sum);
  }

  private static double squares(float[] values) {
    int whole = values.length / LANES * LANES;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    for (int i = 0; i < whole; i += LANES) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
      e += (double) values[i + 4] * values[i + 4];
      f += (double) values[i + 5] * values[i + 5];
      g += (double) values[i + 6] * values[i + 6];
      h += (double) values[i + 7] * values[i + 7];
    }
    for (int i = whole; i < values.length; i++) {
      a += (double) values[i] * values[i];
    }
    return (a + b) + (c + d) + (e + f) + (g + h);
  }

  /** PyTorch's clip_grad_norm_: max / (norm + 1e-6), at most 1. */
  static float clippingScale(double norm, double max) {
    return (float) Math.min(1, max / (norm + 1e-6));
  }
}
