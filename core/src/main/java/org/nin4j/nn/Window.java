package org.nin4j.nn;

/**
 * The arithmetic of a window sliding over a padded image, as in PyTorch's Conv2d and pooling
 * documentation.
 */
final class Window {
  private Window() {}

  /**
   * Output extent along one axis: floor((in + 2 padding - kernel) / stride) + 1. In ceil mode the
   * division rounds up, so that the last window may reach beyond the padding (even a first and only
   * one); but a last window that would start in the right padding is dropped.
   *
   * @return the extent; 0 or less when the window does not fit
   */
  static long outputExtent(int in, int kernel, int stride, int padding, boolean ceilMode) {
    long span = in + 2L * padding - kernel;
    long out = Math.floorDiv(ceilMode ? span + stride - 1 : span, (long) stride) + 1;
    return ceilMode && (out - 1) * stride >= (long) in + padding ? out - 1 : out;
  }

  /**
   * Output (N, channels, OH, OW) of a window over a (N, C, H, W) input, or an exception that says
   * why it does not fit.
   */
  static Shape slide(
      Shape input, int channels, Size2d kernel, Size2d stride, Size2d padding, boolean ceilMode) {
    long height =
        outputExtent(input.height(), kernel.height(), stride.height(), padding.height(), ceilMode);
    long width =
        outputExtent(input.width(), kernel.width(), stride.width(), padding.width(), ceilMode);
    if (height < 1 || width < 1) {
      throw new ShapeException(
          "its "
              + kernel.height()
              + "x"
              + kernel.width()
              + " window does not fit into an input of "
              + input
              + (padding.equals(Size2d.of(0)) ? "" : " with padding " + padding));
    }
    if (height > Integer.MAX_VALUE || width > Integer.MAX_VALUE) {
      throw new ShapeException("its output would be " + height + "x" + width + " pixels");
    }
    return Shape.of(input.batch(), channels, (int) height, (int) width);
  }

  static void requireImage(Shape input) {
    if (input.rank() != 4) {
      throw new ShapeException("it needs an input of (N, C, H, W), but got " + input);
    }
  }

  static void requireChannels(Shape input, int channels) {
    requireImage(input);
    if (input.channels() != channels) {
      throw new ShapeException(
          "it needs "
              + channels
              + " input channels, but got "
              + input.channels()
              + " ("
              + input
              + ")");
    }
  }

  static void requirePoolPadding(Size2d kernel, Size2d padding) {
    padding.requireAtLeast(0, "padding");
    if (padding.height() > kernel.height() / 2 || padding.width() > kernel.width() / 2) {
      throw new IllegalArgumentException(
          "padding of a pooling layer may be at most half its kernel "
              + kernel
              + ", but is "
              + padding);
    }
  }
}
