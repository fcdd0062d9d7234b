package org.nin4j.interchange.caffe;

import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * The windows of a pooling layer. Caffe rounds the number of windows up, as PyTorch does in ceil
 * mode. In both, the part of a window beyond the padding counts for nothing, and padding counts as
 * zeros in a mean.
 *
 * @param ceil whether the number of windows is rounded up
 */
record CaffePooling(Size2d kernel, Size2d stride, Size2d padding, boolean ceil) {
  /**
   * @throws IllegalArgumentException when a size is missing or out of range
   */
  static CaffePooling of(CaffeLayer layer, CaffeMessage fields) {
    LayerFields sizes = new LayerFields(layer, fields);
    return new CaffePooling(
        sizes.sides("kernel_size", "kernel", 0, 1),
        sizes.sides("stride", "stride", 1, 1),
        sizes.sides("pad", "pad", 0, 0),
        fields.choice("round_mode", "CEIL").equals("CEIL"));
  }

  Layer layer(boolean max) {
    return max
        ? new MaxPool2d(kernel, stride, padding, ceil)
        : new AvgPool2d(kernel, stride, padding, ceil, true);
  }

  /**
   * Refuses windows without a pixel. Without padding, Caffe keeps a last window even if it begins
   * beyond the image, where a stride is larger than the kernel; PyTorch drops it.
   */
  void requireFits(CaffeLayer layer, Shape input) {
    boolean padded = padding.height() > 0 || padding.width() > 0;
    if (!padded
        && ceil
        && (leavesEmpty(input.height(), kernel.height(), stride.height())
            || leavesEmpty(input.width(), kernel.width(), stride.width()))) {
      throw layer.defect(
          "has a last window that lies beyond its input of "
              + input
              + ", of which Caffe makes no sensible value");
    }
  }

  /** Whether the last of ceil((in - kernel) / stride) + 1 windows begins beyond the image. */
  private static boolean leavesEmpty(int in, int kernel, int stride) {
    return in > kernel && (in - kernel + stride - 1) / stride * (long) stride >= in;
  }
}
