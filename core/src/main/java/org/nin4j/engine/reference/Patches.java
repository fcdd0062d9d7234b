package org.nin4j.engine.reference;

import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Shape;

/**
 * The patches of one image that a convolution lays its kernels onto, as a matrix with a row for
 * each of the K = C KH KW values under a kernel (in the weights' order) and a column for each of
 * the P = OH OW output positions. Padding is zero.
 */
final class Patches {
  private final Conv2d layer;
  private final int height;
  private final int width;
  private final int outHeight;
  private final int outWidth;

  /**
   * @param in (N, C, H, W)
   * @param out (N, outChannels, OH, OW)
   */
  Patches(Conv2d layer, Shape in, Shape out) {
    this.layer = layer;
    this.height = in.height();
    this.width = in.width();
    this.outHeight = out.height();
    this.outWidth = out.width();
  }

  /** K. */
  int rows() {
    return Math.multiplyExact(layer.inChannels(), layer.kernel().area());
  }

  /** P. */
  int columns() {
    return Math.multiplyExact(outHeight, outWidth);
  }

  /** Reads the patches of the image at {@code offset} into a (K, P) matrix. */
  void gather(float[] image, int offset, double[] matrix) {
    gather(image, offset, matrix, columns(), 1);
  }

  /** Reads the patches of the image at {@code offset} into a (P, K) matrix. */
  void gatherTransposed(float[] image, int offset, double[] matrix) {
    gather(image, offset, matrix, 1, rows());
  }

  private void gather(float[] image, int offset, double[] matrix, int rowStride, int columnStride) {
    int row = 0;
    for (int c = 0; c < layer.inChannels(); c++) {
      for (int ky = 0; ky < layer.kernel().height(); ky++) {
        for (int kx = 0; kx < layer.kernel().width(); kx++) {
          int at = row++ * rowStride;
          for (int oy = 0; oy < outHeight; oy++) {
            int y = oy * layer.stride().height() + ky - layer.padding().height();
            int line = offset + (c * height + y) * width;
            for (int ox = 0; ox < outWidth; ox++) {
              int x = ox * layer.stride().width() + kx - layer.padding().width();
              boolean inside = y >= 0 && y < height && x >= 0 && x < width;
              matrix[at] = inside ? image[line + x] : 0;
              at += columnStride;
            }
          }
        }
      }
    }
  }

  /** Writes to each pixel of the image at {@code offset} the sum of its copies in the patches. */
  void addUp(double[] matrix, float[] image, int offset) {
    int at = offset;
    for (int c = 0; c < layer.inChannels(); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          image[at++] = (float) sumOfPixel(matrix, c, y, x);
        }
      }
    }
  }

  private double sumOfPixel(double[] matrix, int c, int y, int x) {
    double sum = 0;
    for (int ky = 0; ky < layer.kernel().height(); ky++) {
      int oy = window(y + layer.padding().height() - ky, layer.stride().height(), outHeight);
      for (int kx = 0; oy >= 0 && kx < layer.kernel().width(); kx++) {
        int ox = window(x + layer.padding().width() - kx, layer.stride().width(), outWidth);
        if (ox >= 0) {
          int row = (c * layer.kernel().height() + ky) * layer.kernel().width() + kx;
          sum += matrix[(row * outHeight + oy) * outWidth + ox];
        }
      }
    }
    return sum;
  }

  /** The window that starts at that position of the padded image, or -1 when none does. */
  private static int window(int start, int stride, int number) {
    return start >= 0 && start % stride == 0 && start / stride < number ? start / stride : -1;
  }
}
