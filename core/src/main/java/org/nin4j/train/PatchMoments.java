package org.nin4j.train;

import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * The second moments, E[x x^T], of patches x of images that lie wholly inside of them: of all
 * patches, or of about a thousand in each image, on a grid, if it has more.
 */
final class PatchMoments {
  private static final int MOST_PER_SIDE = 32;

  private final int width;
  private final int rows;
  private final int columns;
  private final int rowStep;
  private final int columnStep;
  private final int[] offsets; // of each value of a patch from the patch's first pixel
  private final double[][] sums;
  private long patches;

  /**
   * Creates moments of no patches yet.
   *
   * @param input (1, C, H, W), at least as large as a patch
   * @param kernel height and width of a patch in pixels
   */
  PatchMoments(Shape input, Size2d kernel) {
    width = input.width();
    rows = input.height() - kernel.height() + 1;
    columns = width - kernel.width() + 1;
    rowStep = (rows - 1) / MOST_PER_SIDE + 1;
    columnStep = (columns - 1) / MOST_PER_SIDE + 1;
    int area = kernel.area();
    offsets = new int[input.channels() * area];
    for (int i = 0; i < offsets.length; i++) {
      int channel = i / area;
      int row = i % area / kernel.width();
      int column = i % kernel.width();
      offsets[i] = (channel * input.height() + row) * width + column;
    }
    sums = new double[offsets.length][offsets.length];
  }

  /** Adds the patches of an image, (C, H, W), that begins at {@code offset}. */
  void add(float[] pixels, int offset) {
    for (int row = 0; row < rows; row += rowStep) {
      for (int column = 0; column < columns; column += columnStep) {
        int first = offset + row * width + column;
        for (int i = 0; i < offsets.length; i++) {
          double value = pixels[first + offsets[i]];
          double[] sum = sums[i];
          for (int j = 0; j <= i; j++) {
            sum[j] += value * pixels[first + offsets[j]];
          }
        }
        patches++;
      }
    }
  }

  /** Returns the symmetric matrix of the moments of all patches so far. */
  double[][] matrix() {
    double[][] matrix = new double[offsets.length][offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = sums[i][j] / patches;
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }
}
