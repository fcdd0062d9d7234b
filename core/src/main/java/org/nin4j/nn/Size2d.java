package org.nin4j.nn;

/**
 * Height and width of a window: a kernel, a stride, a padding or an output grid. Units are pixels
 * of the layer's input (pixels of its output for an output grid).
 *
 * @param height the number of rows
 * @param width the number of columns
 */
public record Size2d(int height, int width) {
  /**
   * Checks that the area can be counted; layers check the rest.
   *
   * @param height the number of rows
   * @param width the number of columns
   * @throws IllegalArgumentException when height times width exceeds 2^31 - 1
   */
  public Size2d {
    if (height > 0 && width > Integer.MAX_VALUE / height) {
      throw new IllegalArgumentException("a size of " + height + "x" + width + " is too large");
    }
  }

  /**
   * Returns a square.
   *
   * @param side the height and the width
   * @return a size of equal height and width
   */
  public static Size2d of(int side) {
    return new Size2d(side, side);
  }

  /** {@return height times width} */
  public int area() {
    return height * width;
  }

  void requireAtLeast(int minimum, String what) {
    if (height < minimum || width < minimum) {
      throw new IllegalArgumentException(
          what + " must be at least " + minimum + ", but is " + this);
    }
  }

  /** {@code (11, 11)}, as PyTorch prints it. */
  @Override
  public String toString() {
    return "(" + height + ", " + width + ")";
  }
}
