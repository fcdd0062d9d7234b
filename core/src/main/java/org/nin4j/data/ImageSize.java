package org.nin4j.data;

/**
 * The size of an image.
 *
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 */
public record ImageSize(int height, int width) {
  /**
   * Checks the size.
   *
   * @param height number of rows, at least 1
   * @param width number of columns, at least 1
   * @throws IllegalArgumentException if the height or the width is below 1
   */
  public ImageSize {
    requirePositive("an image", height, width);
  }

  /**
   * @param what what has this size, for the message
   */
  static void requirePositive(String what, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "the size of " + what + " must be positive, but is " + height + "x" + width);
    }
  }

  /** Returns height and width, such as {@code 28x28}. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
