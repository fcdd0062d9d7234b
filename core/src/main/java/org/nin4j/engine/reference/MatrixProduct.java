package org.nin4j.engine.reference;

import java.util.stream.IntStream;

/**
 * C += A B in double precision, where a product of two floats is exact. C is (rows, columns) and B
 * (inner, columns), both row-major; A is (rows, inner) with strides, so that it can be read
 * transposed. One thread computes a row of C, always in the same order: the result does not depend
 * on the number of threads.
 */
final class MatrixProduct {
  private static final long WORTH_A_SECOND_THREAD = 100_000; // multiply-adds

  private final int rows;
  private final int columns;
  private final int inner;
  private final int rowStride;
  private final int innerStride;

  private MatrixProduct(int rows, int columns, int inner, int rowStride, int innerStride) {
    this.rows = rows;
    this.columns = columns;
    this.inner = inner;
    this.rowStride = rowStride;
    this.innerStride = innerStride;
  }

  /** A is stored as (rows, inner). */
  static MatrixProduct of(int rows, int columns, int inner) {
    return new MatrixProduct(rows, columns, inner, inner, 1);
  }

  /** A is stored as (inner, rows). */
  static MatrixProduct ofTransposed(int rows, int columns, int inner) {
    return new MatrixProduct(rows, columns, inner, 1, rows);
  }

  /**
   * @param offset where in {@code a} the matrix A starts
   */
  void addTo(double[] c, float[] a, int offset, double[] b) {
    IntStream all = IntStream.range(0, rows);
    IntStream shared = (long) rows * columns * inner < WORTH_A_SECOND_THREAD ? all : all.parallel();
    shared.forEach(row -> addToRow(c, row * columns, a, offset + row * rowStride, b));
  }

  /** Four rows of B at a time, which saves loads and stores of C but keeps the order of the sum. */
  private void addToRow(double[] c, int rowOfC, float[] a, int rowOfA, double[] b) {
    int k = 0;
    for (; k + 4 <= inner; k += 4) {
      double a0 = a[rowOfA + k * innerStride];
      double a1 = a[rowOfA + (k + 1) * innerStride];
      double a2 = a[rowOfA + (k + 2) * innerStride];
      double a3 = a[rowOfA + (k + 3) * innerStride];
      int b0 = k * columns;
      int b1 = b0 + columns;
      int b2 = b1 + columns;
      int b3 = b2 + columns;
      for (int j = 0; j < columns; j++) {
        c[rowOfC + j] =
            c[rowOfC + j] + a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
      }
    }
    for (; k < inner; k++) {
      double factor = a[rowOfA + k * innerStride];
      for (int j = 0; j < columns; j++) {
        c[rowOfC + j] += factor * b[k * columns + j];
      }
    }
  }
}
