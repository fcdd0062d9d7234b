package org.nin4j.engine.onednn.verify;

import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * The extents of a convolution. A Linear layer is one of 1x1 images.
 *
 * @param matrices whether the tensors of a Linear layer have two extents, not four
 */
public record ConvolutionGeometry(
    int images,
    int inChannels,
    int height,
    int width,
    int outChannels,
    int outHeight,
    int outWidth,
    Size2d kernel,
    Size2d stride,
    Size2d padding,
    boolean matrices) {

  /** Of a layer over images (N, C, H, W). */
  public static ConvolutionGeometry of(Conv2d layer, Shape input) {
    Shape output = layer.outputShape(input);
    return new ConvolutionGeometry(
        input.batch(),
        input.channels(),
        input.height(),
        input.width(),
        output.channels(),
        output.height(),
        output.width(),
        layer.kernel(),
        layer.stride(),
        layer.padding(),
        false);
  }

  /** Of a layer over features (N, C). */
  public static ConvolutionGeometry of(Linear layer, Shape input) {
    Size2d one = Size2d.of(1);
    int outputs = layer.outputShape(input).channels();
    return new ConvolutionGeometry(
        input.batch(), input.channels(), 1, 1, outputs, 1, 1, one, one, Size2d.of(0), true);
  }

  Shape src() {
    return matrices ? Shape.of(images, inChannels) : Shape.of(images, inChannels, height, width);
  }

  Shape weights() {
    return matrices
        ? Shape.of(outChannels, inChannels)
        : Shape.of(outChannels, inChannels, kernel.height(), kernel.width());
  }

  Shape dst() {
    return matrices
        ? Shape.of(images, outChannels)
        : Shape.of(images, outChannels, outHeight, outWidth);
  }

  /** Pixels of a map that goes in. */
  int area() {
    return height * width;
  }

  /** Pixels of a map that comes out. */
  int outArea() {
    return outHeight * outWidth;
  }

  /** Weights of an output channel. */
  int terms() {
    return inChannels * kernel.area();
  }

  /** The input's row under a row of the kernel, which may lie in the padding. */
  int row(int outRow, int kernelRow) {
    return outRow * stride.height() - padding.height() + kernelRow;
  }

  /** The input's column under a column of the kernel, which may lie in the padding. */
  int column(int outColumn, int kernelColumn) {
    return outColumn * stride.width() - padding.width() + kernelColumn;
  }

  boolean inside(int row, int column) {
    return row >= 0 && row < height && column >= 0 && column < width;
  }

  /** As oneDNN writes it: {@code mb3_ic1oc49_ih9oh1kh9sh1dh0ph0_iw11ow17kw9sw1dw0pw7}. */
  @Override
  public String toString() {
    return "mb"
        + images
        + ("_ic" + inChannels + "oc" + outChannels)
        + ("_ih" + height + "oh" + outHeight + "kh" + kernel.height())
        + ("sh" + stride.height() + "dh0ph" + padding.height())
        + ("_iw" + width + "ow" + outWidth + "kw" + kernel.width())
        + ("sw" + stride.width() + "dw0pw" + padding.width());
  }

  void identify(Fingerprint fingerprint) {
    fingerprint
        .add(images)
        .add(inChannels)
        .add(height)
        .add(width)
        .add(outChannels)
        .add(outHeight)
        .add(outWidth)
        .add(kernel.height())
        .add(kernel.width())
        .add(stride.height())
        .add(stride.width())
        .add(padding.height())
        .add(padding.width())
        .add(matrices ? 1 : 0);
  }
}
