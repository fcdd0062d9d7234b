package org.nin4j.nn;

/** Largest value under a sliding window, channel by channel. Padding counts as minus infinity. */
public record MaxPool2d(Size2d kernel, Size2d stride, Size2d padding, boolean ceilMode)
    implements Layer {

  public MaxPool2d {
    kernel.requireAtLeast(1, "kernel_size");
    stride.requireAtLeast(1, "stride");
    Window.requirePoolPadding(kernel, padding);
  }

  /** A square window without padding, in floor mode. */
  public MaxPool2d(int kernel, int stride) {
    this(Size2d.of(kernel), Size2d.of(stride), Size2d.of(0), false);
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
    return "MaxPool2d(kernel_size="
        + kernel
        + ", stride="
        + stride
        + ", padding="
        + padding
        + (ceilMode ? ", ceil_mode=True)" : ", ceil_mode=False)");
  }
}
