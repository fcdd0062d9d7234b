package org.nin4j.train;

import java.util.List;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.GradientTree;
import org.nin4j.nn.Parameter;

/**
 * The Euclidean norm of all gradients together, and the scale by which clipping multiplies them.
 * Squares are summed in double precision over ranges of a fixed size, and the sums of the ranges
 * along a binary tree over their indices. So any thread may sum any range, and the bits do not
 * depend on the number of threads.
 */
final class GradientNorm {
  private static final int LANES = 8;

  private final int[] firstRange; // of each parameter
  private final double[] squares; // sum of squares of each range

  /**
   * Creates a norm of the gradients of some parameters.
   *
   * @param trained whether each parameter is trained; the others have no part in the norm
   */
  GradientNorm(List<Parameter> parameters, boolean[] trained) {
    firstRange = new int[parameters.size()];
    int ranges = 0;
    for (int i = 0; i < firstRange.length; i++) {
      firstRange[i] = ranges;
      ranges += trained[i] ? ranges(parameters.get(i).size()) : 0;
    }
    squares = new double[ranges];
  }

  private static int ranges(int size) {
    return (size + GradientTree.RANGE - 1) / GradientTree.RANGE;
  }

  /**
   * Measures the gradient of one parameter. Different parameters may be measured at the same time.
   *
   * @param index index of a trainable parameter
   */
  void measure(Weights gradients, int index) {
    float[] values = gradients.values(index);
    for (int i = 0; i < ranges(values.length); i++) {
      int from = i * GradientTree.RANGE;
      int to = Math.min(values.length, from + GradientTree.RANGE);
      squares[firstRange[index] + i] = squares(values, from, to);
    }
  }

  /** Returns the norm of all gradients, after each has been measured. */
  double norm() {
    for (int stride = 1; stride < squares.length; stride *= 2) {
      for (int i = 0; i + stride < squares.length; i += 2 * stride) {
        squares[i] += squares[i + stride];
      }
    }
    return squares.length == 0 ? 0 : Math.sqrt(squares[0]);
  }

  /** Sums in independent lanes, so that an addition need not wait for the previous one. */
  private static double squares(float[] values, int from, int to) {
    int whole = from + (to - from) / LANES * LANES;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    for (int i = from; i < whole; i += LANES) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
      e += (double) values[i + 4] * values[i + 4];
      f += (double) values[i + 5] * values[i + 5];
      g += (double) values[i + 6] * values[i + 6];
      h += (double) values[i + 7] * values[i + 7];
    }
    for (int i = whole; i < to; i++) {
      a += (double) values[i] * values[i];
    }
    return (a + b) + (c + d) + (e + f) + (g + h);
  }

  /** Returns the scale of PyTorch's clip_grad_norm_: max / (norm + 1e-6), at most 1. */
  static float clippingScale(double norm, double max) {
    return (float) Math.min(1, max / (norm + 1e-6));
  }
}
