package org.nin4j.nn;

import java.util.List;
import org.nin4j.nn.Parameter.Role;

/**
 * Two-dimensional convolution (cross-correlation, as in PyTorch) of (N, inChannels, H, W) to (N,
 * outChannels, OH, OW). Weights are (outChannels, inChannels, KH, KW).
 *
 * @param inChannels at least 1
 * @param outChannels at least 1
 * @param kernel (KH, KW) in pixels, at least 1
 * @param stride pixels from one window to the next, at least 1
 * @param padding zeros added on each side, in pixels, at least 0
 * @param bias whether a number is added to each output channel
 */
public record Conv2d(
    int inChannels, int outChannels, Size2d kernel, Size2d stride, Size2d padding, boolean bias)
    implements Layer {

  /**
   * Checks the channels and the window.
   *
   * @param inChannels at least 1
   * @param outChannels at least 1
   * @param kernel (KH, KW) in pixels, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding zeros added on each side, in pixels, at least 0
   * @param bias whether a number is added to each output channel
   * @throws IllegalArgumentException when a number is out of range, or an array cannot hold the
   *     weights
   */
  public Conv2d {
    if (inChannels < 1 || outChannels < 1) {
      throw new IllegalArgumentException(
          "a convolution needs at least 1 input and 1 output channel, but got "
              + inChannels
              + " and "
              + outChannels);
    }
    kernel.requireAtLeast(1, "kernel_size");
    stride.requireAtLeast(1, "stride");
    padding.requireAtLeast(0, "padding");
    Parameter.requireArray(Shape.of(outChannels, inChannels, kernel.height(), kernel.width()));
  }

  /**
   * A square window with bias.
   *
   * @param inChannels at least 1
   * @param outChannels at least 1
   * @param kernel side of the window in pixels
   * @param stride in pixels, in both directions
   * @param padding in pixels, on each side
   */
  public Conv2d(int inChannels, int outChannels, int kernel, int stride, int padding) {
    this(inChannels, outChannels, Size2d.of(kernel), Size2d.of(stride), Size2d.of(padding), true);
  }

  /**
   * A square window of stride 1 without padding, with bias.
   *
   * @param inChannels at least 1
   * @param outChannels at least 1
   * @param kernel side of the window in pixels
   */
  public Conv2d(int inChannels, int outChannels, int kernel) {
    this(inChannels, outChannels, kernel, 1, 0);
  }

  @Override
  public Shape outputShape(Shape input) {
    Window.requireChannels(input, inChannels);
    return Window.slide(input, outChannels, kernel, stride, padding, false);
  }

  @Override
  public List<Parameter> parameters() {
    Parameter weight =
        Parameter.of(Role.WEIGHT, outChannels, inChannels, kernel.height(), kernel.width());
    return bias ? List.of(weight, Parameter.of(Role.BIAS, outChannels)) : List.of(weight);
  }

  /** Kernels n*m: one for each pair of an input and an output channel, shared by all positions. */
  long kernels() {
    return (long) inChannels * outChannels;
  }

  /**
   * Kernel applications X*n*m, X the output positions: how often one of the kernels is applied to
   * the input.
   *
   * @throws ArithmeticException when the number exceeds 64 bits
   */
  long kernelApplications(Shape input) {
    Shape output = outputShape(input);
    return Math.multiplyExact(output.elements() / outChannels, kernels());
  }

  /** X*n*m*KH*KW. */
  @Override
  public long multiplyAdds(Shape input) {
    return Math.multiplyExact(kernelApplications(input), kernel.area());
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public String toString() {
    return "Conv2d("
        + inChannels
        + ", "
        + outChannels
        + ", kernel_size="
        + kernel
        + ", stride="
        + stride
        + (padding.equals(Size2d.of(0)) ? "" : ", padding=" + padding)
        + (bias ? ")" : ", bias=False)");
  }
}
