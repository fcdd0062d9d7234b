package org.nin4j.interchange.caffe;

/** Caffe's layers in plain Java, one loop for each axis, from its published arithmetic. */
final class PlainCaffe {
  private PlainCaffe() {}

  /**
   * The output of a layer, or an image.
   *
   * @param values (C, H, W)
   */
  record Maps(int channels, int height, int width, double[] values) {
    double at(int c, int y, int x) {
      boolean inside = y >= 0 && y < height && x >= 0 && x < width;
      return inside ? values[(c * height + y) * width + x] : 0;
    }
  }

  /** Pixels that a window moves along an axis, and how many it covers. */
  record Axis(int kernel, int stride, int pad) {
    /** ceil((in + 2 pad - kernel) / stride) + 1, and with any padding none beyond the image. */
    int outputs(int in, boolean padded) {
      int outputs = (int) Math.ceil((float) (in + 2 * pad - kernel) / stride) + 1;
      if (padded && (outputs - 1) * stride >= in + pad) {
        outputs--;
      }
      return outputs;
    }
  }

  static Maps pool(Maps in, boolean max, Axis rows, Axis columns) {
    boolean padded = rows.pad() > 0 || columns.pad() > 0;
    int height = rows.outputs(in.height(), padded);
    int width = columns.outputs(in.width(), padded);
    double[] out = new double[in.channels() * height * width];
    int i = 0;
    for (int c = 0; c < in.channels(); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int top = y * rows.stride() - rows.pad();
          int left = x * columns.stride() - columns.pad();
          int bottom = Math.min(top + rows.kernel(), in.height() + rows.pad());
          int right = Math.min(left + columns.kernel(), in.width() + columns.pad());
          int size = (bottom - top) * (right - left);
          double sum = 0;
          double largest = -Float.MAX_VALUE;
          for (int h = Math.max(top, 0); h < Math.min(bottom, in.height()); h++) {
            for (int w = Math.max(left, 0); w < Math.min(right, in.width()); w++) {
              sum += in.at(c, h, w);
              largest = Math.max(largest, in.at(c, h, w));
            }
          }
          out[i++] = max ? largest : sum / size;
        }
      }
    }
    return new Maps(in.channels(), height, width, out);
  }

  static Maps convolution(Maps in, float[] weights, float[] bias, Axis window) {
    int k = window.kernel();
    int height = (in.height() + 2 * window.pad() - k) / window.stride() + 1;
    int width = (in.width() + 2 * window.pad() - k) / window.stride() + 1;
    double[] out = new double[bias.length * height * width];
    for (int o = 0; o < bias.length; o++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double sum = bias[o];
          for (int c = 0; c < in.channels(); c++) {
            for (int h = 0; h < k; h++) {
              for (int w = 0; w < k; w++) {
                int row = y * window.stride() - window.pad() + h;
                int column = x * window.stride() - window.pad() + w;
                float weight = weights[((o * in.channels() + c) * k + h) * k + w];
                sum += weight * in.at(c, row, column);
              }
            }
          }
          out[(o * height + y) * width + x] = sum;
        }
      }
    }
    return new Maps(bias.length, height, width, out);
  }

  static Maps relu(Maps in) {
    double[] out = in.values().clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0, out[i]);
    }
    return new Maps(in.channels(), in.height(), in.width(), out);
  }

  static double[] innerProduct(Maps in, float[] weights, float[] bias) {
    double[] out = new double[bias.length];
    int features = in.values().length;
    for (int o = 0; o < out.length; o++) {
      out[o] = bias[o];
      for (int i = 0; i < features; i++) {
        out[o] += weights[o * features + i] * in.values()[i];
      }
    }
    return out;
  }
}
