package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;

/** Sums of integers with random factors, modulo 2^64. */
final class Checksums {
  private Checksums() {}

  /** sum over i of factor(i) tensor(o, i, j), for each o and j; the tensor holds whole numbers. */
  static long[] over(FloatBuffer tensor, int outer, long[] factors) {
    return over(tensor, outer, factors, null, 1);
  }

  /**
   * sum over i of factor(i) tensor(o, i, j), for each o and j.
   *
   * @param tensor (outer, factors, any)
   * @param taken which i take part; null for all
   * @param unit of the tensor's values
   */
  static long[] over(FloatBuffer tensor, int outer, long[] factors, boolean[] taken, float unit) {
    int inner = tensor.capacity() / outer / factors.length;
    long[] sums = new long[outer * inner];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < factors.length; i++) {
        if (taken == null || taken[i]) {
          int from = (o * factors.length + i) * inner;
          for (int j = 0; j < inner; j++) {
            sums[o * inner + j] += factors[i] * (long) (tensor.get(from + j) / unit);
          }
        }
      }
    }
    return sums;
  }
}
