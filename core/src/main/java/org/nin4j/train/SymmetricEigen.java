package org.nin4j.train;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's method: rotations make
 * one off-diagonal element after the other zero (Golub and Van Loan, Matrix Computations, section
 * 8.5). Only additions, multiplications, divisions and square roots are used, so that the result is
 * the same on every machine.
 */
final class SymmetricEigen {
  private static final int SWEEPS = 100;
  private static final double NEGLIGIBLE = 1e-30;

  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /** Returns the number of eigenvalues. */
  int count() {
    return values.length;
  }

  /** Returns an eigenvalue; they are in falling order. */
  double value(int index) {
    return values[index];
  }

  /**
   * Returns the unit eigenvector of an eigenvalue; its element with the largest absolute value is
   * positive.
   */
  double[] vector(int index) {
    return vectors[index];
  }

  /** Returns the decomposition of a symmetric matrix, which is overwritten. */
  static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double[][] rows = new double[n][n]; // eigenvectors
    for (int i = 0; i < n; i++) {
      rows[i][i] = 1;
    }
    double all = squares(matrix, true);
    for (int sweep = 0; sweep < SWEEPS && squares(matrix, false) > NEGLIGIBLE * all; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(matrix, rows, p, q);
        }
      }
    }
    List<Integer> order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -matrix[i][i]))
            .toList();
    return new SymmetricEigen(
        order.stream().mapToDouble(i -> matrix[i][i]).toArray(),
        order.stream().map(i -> signed(rows[i])).toArray(double[][]::new));
  }

  private static double squares(double[][] matrix, boolean diagonal) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        sum += i == j && !diagonal ? 0 : matrix[i][j] * matrix[i][j];
      }
    }
    return sum;
  }

  /** Makes a[p][q] zero by a rotation, which is also applied to the eigenvectors so far. */
  private static void rotate(double[][] a, double[][] rows, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }
    rotateRows(a, p, q, c, s);
    rotateRows(rows, p, q, c, s);
  }

  private static void rotateRows(double[][] a, int p, int q, double c, double s) {
    for (int k = 0; k < a.length; k++) {
      double pk = a[p][k];
      double qk = a[q][k];
      a[p][k] = c * pk - s * qk;
      a[q][k] = s * pk + c * qk;
    }
  }

  private static double[] signed(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    double sign = largest < 0 ? -1 : 1;
    double[] signed = new double[vector.length];
    for (int i = 0; i < signed.length; i++) {
      signed[i] = sign * vector[i];
    }
    return signed;
  }
}
