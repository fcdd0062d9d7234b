package org.nin4j.nn;

/**
 * Mean under a sliding window, channel by channel: (N, C, H, W) to (N, C, OH, OW).
 *
 * @param kernel height and width of the window in pixels, at least 1
 * @param stride pixels from one window to the next, at least 1
 * @param padding pixels added on each side, at most half the kernel
 * @param ceilMode whether a last window may reach beyond the padding (PyTorch's ceil_mode)
 * @param countIncludePad whether padding counts as zeros in the mean (PyTorch's default) or not at
 *     all. In ceil mode the part of a window beyond the padding never counts.
 */
public record AvgPool2d(
    Size2d kernel, Size2d stride, Size2d padding, boolean ceilMode, boolean countIncludePad)
    implements Layer {

  /**
   * Checks the window.
   *
   * @param kernel height and width of the window in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding pixels added on each side, at most half the kernel
   * @param ceilMode whether a last window may reach beyond the padding (PyTorch's ceil_mode)
   * @param countIncludePad whether padding counts as zeros in the mean (PyTorch's default) or not
   *     at all. In ceil mode the part of a window beyond the padding never counts.
   * @throws IllegalArgumentException when kernel or stride is below 1, or the padding below 0 or
   *     more than half the kernel
   */
  public AvgPool2d {
    kernel.requireAtLeast(1, "kernel_size");
    stride.requireAtLeast(1, "stride");
    Window.requirePoolPadding(kernel, padding);
  }

  /**
   * A square window without padding, in floor mode.
   *
   * @param kernel side of the window in pixels
   * @param stride pixels from one window to the next, in both directions
   */
  public AvgPool2d(int kernel, int stride) {
    this(Size2d.of(kernel), Size2d.of(stride), Size2d.of(0), false, true);
  }

  @Override
  public Shape outputShape(Shape input) {
    Window.requireImage(input);
    return Window.slide(input, input.channels(), kernel, stride, padding, ceilMode);
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public String toString() {
    return "AvgPool2d(kernel_size="
        + kernel
        + ", stride="
        + stride
        + ", padding="
        + padding
        + (ceilMode ? ", ceil_mode=True" : "")
        + (countIncludePad ? ")" : ", count_include_pad=False)");
  }
}
