package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * What each window of a pool covers along one axis: two pools whose windows are equal compute the
 * same, however they are described.
 *
 * @param windows one for each output
 */
record PooledPixels(List<Window> windows) {

  /**
   * One window.
   *
   * @param from first pixel of the image
   * @param to behind the last pixel of the image
   * @param counted how many pixels a mean is over, those of padding included; 0 in a maximum
   */
  record Window(int from, int to, int counted) {}

  /**
   * The windows of an ONNX operator.
   *
   * @param axis in an image that zeros were added to
   * @param before zeros added before the image
   * @param behind zeros added behind it
   * @param mean whether it is a mean
   * @param countPadding whether its own padding counts in the mean
   */
  static PooledPixels of(
      WindowAxis axis, int before, int behind, boolean mean, boolean countPadding) {
    int image = axis.in() - before - behind;
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < axis.windows(); i++) {
      int start = i * axis.stride() - axis.begin(); // in the padded image
      int end = start + axis.kernel();
      int counted =
          countPadding
              ? Math.min(end, axis.in() + axis.end()) - start
              : Math.min(end, axis.in()) - Math.max(start, 0);
      windows.add(
          new Window(
              Math.max(start - before, 0), Math.min(end - before, image), mean ? counted : 0));
    }
    return new PooledPixels(windows);
  }

  /**
   * The windows of a layer.
   *
   * @param layer a pool
   * @param axis 0 for rows, 1 for columns
   */
  static PooledPixels of(Layer layer, int axis, Shape input) {
    int in = input.dim(2 + axis);
    int out = layer.outputShape(input).dim(2 + axis);
    if (layer instanceof MaxPool2d pool) {
      return of(pool.kernel(), pool.stride(), pool.padding(), axis, in, out, false, false);
    }
    if (layer instanceof AvgPool2d pool) {
      return of(
          pool.kernel(),
          pool.stride(),
          pool.padding(),
          axis,
          in,
          out,
          true,
          pool.countIncludePad());
    }
    if (layer instanceof AdaptiveAvgPool2d) {
      List<Window> windows = new ArrayList<>();
      for (int i = 0; i < out; i++) {
        int from = (int) ((long) i * in / out);
        int to = (int) (((i + 1L) * in + out - 1) / out);
        windows.add(new Window(from, to, to - from));
      }
      return new PooledPixels(windows);
    }
    throw new IllegalArgumentException(layer + " is not a pool");
  }

  private static PooledPixels of(
      Size2d kernel,
      Size2d stride,
      Size2d padding,
      int axis,
      int in,
      int out,
      boolean mean,
      boolean countPadding) {
    int pads = along(padding, axis);
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < out; i++) {
      int start = i * along(stride, axis) - pads;
      int end = start + along(kernel, axis);
      int from = Math.max(start, 0);
      int to = Math.min(end, in);
      int counted = countPadding ? Math.min(end, in + pads) - start : to - from;
      windows.add(new Window(from, to, mean ? counted : 0));
    }
    return new PooledPixels(windows);
  }

  private static int along(Size2d size, int axis) {
    return axis == 0 ? size.height() : size.width();
  }

  /** Whether each window has a pixel of the image. */
  boolean areInImage() {
    return windows.stream().allMatch(window -> window.from() < window.to());
  }
}
