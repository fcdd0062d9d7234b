package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;

/** Sums of integers with random factors, modulo 2^64. */
final class Checksums {
  private Checksums() {}

  /**
   * sum over i of factor(i) tensor(i, j), for each j.
   *
   * @param tensor (factors, any)
   * @param taken which i take part; null for all
   * @param unit of the tensor's values
   */
  static long[] overFirst(FloatBuffer tensor, long[] factors, boolean[] taken, float unit) {
    int inner = tensor.capacity() / factors.length;
    long[] sums = new long[inner];
    for (int i = 0; i < factors.length; i++) {
      if (taken == null || taken[i]) {
        int from = i * inner;
        for (int j = 0; j < inner; j++) {
          sums[j] += factors[i] * (long) (tensor.get(from + j) / unit);
        }
      }
    }
    return sums;
  }

  /**
   * sum over c of factor(c) tensor(n, c, j), for each n and j.
   *
   * @param tensor (outer, factors, any), of whole numbers
   */
  static long[] overSecond(FloatBuffer tensor, int outer, long[] factors) {
    int inner = tensor.capacity() / outer / factors.length;
    long[] sums = new long[outer * inner];
    for (int n = 0, i = 0; n < outer; n++) {
      for (long factor : factors) {
        for (int j = n * inner; j < (n + 1) * inner; j++, i++) {
          sums[j] += factor * (long) tensor.get(i);
        }
      }
    }
    return sums;
  }

  /** A convolution's sum at one position of its output, for one image and one output channel. */
  static long window(ConvolutionGeometry geometry, long[] src, long[] weights, int y, int x) {
    long sum = 0;
    for (int ky = 0; ky < geometry.kernel().height(); ky++) {
      for (int kx = 0; kx < geometry.kernel().width(); kx++) {
        int row = geometry.row(y, ky);
        int column = geometry.column(x, kx);
        if (geometry.inside(row, column)) {
          int pixel = row * geometry.width() + column;
          int weight = ky * geometry.kernel().width() + kx;
          for (int ic = 0; ic < geometry.inChannels(); ic++) {
            sum +=
                src[ic * geometry.area() + pixel] * weights[ic * geometry.kernel().area() + weight];
          }
        }
      }
    }
    return sum;
  }
}
