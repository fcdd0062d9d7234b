package org.nin4j.interchange.onnx;

import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * A convolution whose padding, if it differs at the two ends of an axis, is made equal by zeros in
 * its kernel.
 *
 * @param kernel (M, C, KH, KW), as the file has it
 * @param stride from one window to the next
 * @param rows how kernel and padding are changed
 * @param columns how kernel and padding are changed
 */
record ConvolutionGeometry(
    List<Long> kernel, Size2d stride, SymmetricKernel rows, SymmetricKernel columns) {
  /**
   * Reads the attributes of a Conv node.
   *
   * @param in (1, C, H, W)
   * @param pads zeros that were added to the image
   * @param kernel (M, C, KH, KW)
   */
  static ConvolutionGeometry of(OnnxNode node, Shape in, ExplicitPads pads, List<Long> kernel)
      throws InvalidFileException {
    WindowAxis rows = WindowAxis.of(node, 0, in, pads, kernel.get(2), false);
    WindowAxis columns = WindowAxis.of(node, 1, in, pads, kernel.get(3), false);
    return new ConvolutionGeometry(
        kernel,
        new Size2d(rows.stride(), columns.stride()),
        SymmetricKernel.of(rows.withoutZeros(pads.top(), pads.bottom())),
        SymmetricKernel.of(columns.withoutZeros(pads.left(), pads.right())));
  }

  /**
   * Returns the layer.
   *
   * @throws IllegalArgumentException when there is no such layer
   */
  Conv2d layer(int inputs, int outputs, boolean bias) {
    Size2d enlarged =
        new Size2d(
            Math.toIntExact(kernel.get(2)) + rows.added(),
            Math.toIntExact(kernel.get(3)) + columns.added());
    Size2d padding = new Size2d(rows.padding(), columns.padding());
    return new Conv2d(inputs, outputs, enlarged, stride, padding, bias);
  }

  /** Returns the weights of the layer. */
  Values weights(Values weight) {
    return rows.added() + columns.added() == 0 ? weight : new EnlargedKernel(weight, rows, columns);
  }
}
