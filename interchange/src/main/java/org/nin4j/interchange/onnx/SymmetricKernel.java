package org.nin4j.interchange.onnx;

import java.util.stream.IntStream;

/**
 * A convolution along one axis, with the same padding at both ends: zeros before or behind the
 * kernel make up for padding that differs.
 *
 * @param front zeros before the kernel
 * @param back zeros behind the kernel
 * @param padding on each side
 */
record SymmetricKernel(int front, int back, int padding) {
  /**
   * Returns the kernel with the fewest zeros that computes the same. A zero in front moves the
   * start of all windows, which a further pixel of padding moves back; one more at the back takes a
   * pixel of padding from the end.
   */
  static SymmetricKernel of(WindowAxis axis) {
    boolean back = axis.begin() >= axis.end();
    int zeros =
        IntStream.range(0, Math.abs(axis.end() - axis.begin()))
            .filter(i -> windows(axis, i, back) == axis.windows())
            .findFirst()
            .orElse(Math.abs(axis.end() - axis.begin()));
    return back
        ? new SymmetricKernel(0, zeros, axis.begin())
        : new SymmetricKernel(zeros, 0, axis.begin() + zeros);
  }

  private static int windows(WindowAxis axis, int zeros, boolean back) {
    int padding = axis.begin() + (back ? 0 : zeros);
    return new WindowAxis(axis.in(), axis.kernel() + zeros, axis.stride(), padding, padding, false)
        .windows();
  }

  int added() {
    return front + back;
  }
}
