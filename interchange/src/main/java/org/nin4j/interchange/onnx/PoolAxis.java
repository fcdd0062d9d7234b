package org.nin4j.interchange.onnx;

import java.util.Optional;

/**
 * The windows of a pooling layer along one axis of its input.
 *
 * @param in extent of the input in pixels
 * @param out number of windows
 * @param padding pixels on each side
 */
record PoolAxis(int in, int out, int kernel, int stride, int padding) {
  /**
   * The windows of an AdaptiveAvgPool2d: from floor(i in / out) to ceil((i + 1) in / out) - 1.
   * Nothing where they differ in size or are not evenly spaced.
   */
  static Optional<PoolAxis> adaptive(int in, int out) {
    int kernel = -Math.floorDiv(-in, out);
    int stride = out == 1 ? 1 : in / out;
    for (long i = 0; i < out; i++) {
      boolean starts = i * in / out == i * stride;
      boolean ends = -Math.floorDiv(-(i + 1) * in, out) == i * stride + kernel;
      if (stride == 0 || !starts || !ends) {
        return Optional.empty();
      }
    }
    return Optional.of(new PoolAxis(in, out, kernel, stride, 0));
  }

  /**
   * The padding at the end with which an operator in floor mode has these windows: how far the last
   * one reaches beyond the image, or 0. In ceil mode it may reach beyond the padding; where a
   * window that would start in the padding has been dropped, the last one uses only a part of it.
   */
  int end() {
    return (int) Math.max(0, (out - 1L) * stride + kernel - in - padding);
  }

  /** How much of the padding at the end is under windows. */
  int paddingUsed() {
    return Math.min(padding, end());
  }

  /** How far the last window reaches beyond the padding. */
  int beyondPadding() {
    return end() - paddingUsed();
  }

  /**
   * Whether ONNX's formula for ceil mode gives the same number of windows. In operator set 17 it
   * knows nothing of dropped windows: ceil((in + 2 padding - kernel) / stride) + 1.
   */
  boolean agreesInCeilMode() {
    return out == 1 - Math.floorDiv(kernel - in - 2L * padding, stride);
  }
}
