package org.nin4j.data;

import java.util.Optional;

/**
 * A rectangle in an image.
 *
 * @param top the first row
 * @param left the first column
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 */
record Box(int top, int left, int height, int width) {
  /** Number of times that torchvision draws an area and a ratio before it gives up. */
  private static final int ATTEMPTS = 10;

  /**
   * Draws a rectangle as torchvision's RandomResizedCrop does: up to ten times, an area and the
   * logarithm of an aspect ratio, until the rectangle fits into the image; then its first row and
   * column.
   *
   * @param height rows of the image
   * @param width columns of the image
   * @param area area of the rectangle, as a fraction of the image's area
   * @param ratio width of the rectangle divided by its height
   * @return empty if no rectangle fitted
   */
  static Optional<Box> draw(int height, int width, Range area, Range ratio, ImageVisit visit) {
    double logMin = StrictMath.log(ratio.min());
    double logMax = StrictMath.log(ratio.max());
    for (int i = 0; i < ATTEMPTS; i++) {
      double pixels = (double) height * width * visit.uniform(area.min(), area.max());
      double aspect = StrictMath.exp(visit.uniform(logMin, logMax));
      int columns = (int) Math.rint(Math.sqrt(pixels * aspect));
      int rows = (int) Math.rint(Math.sqrt(pixels / aspect));
      if (rows > 0 && rows <= height && columns > 0 && columns <= width) {
        int top = visit.random().nextInt(height - rows + 1);
        int left = visit.random().nextInt(width - columns + 1);
        return Optional.of(new Box(top, left, rows, columns));
      }
    }
    return Optional.empty();
  }

  /** Returns the largest central rectangle whose width divided by its height is in a range. */
  static Box central(int height, int width, Range ratio) {
    double aspect = (double) width / height;
    int rows = height;
    int columns = width;
    if (aspect < ratio.min()) {
      rows = Math.max(1, (int) Math.rint(width / ratio.min()));
    } else if (aspect > ratio.max()) {
      columns = Math.max(1, (int) Math.rint(height * ratio.max()));
    }
    return new Box((height - rows) / 2, (width - columns) / 2, rows, columns);
  }
}
