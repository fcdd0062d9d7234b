package org.nin4j.data;

import java.util.Optional;

/**
 * A part of an image.
 *
 * @param top its first row
 * @param left its first column
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 */
record Box(int top, int left, int height, int width) {
  /** How often torchvision draws an area and a ratio before it gives up. */
  private static final int ATTEMPTS = 10;

  /**
   * Draws a part of an image as torchvision's RandomResizedCrop does: up to ten times a share of
   * the image's area and the logarithm of a ratio of the sides, until the part is not larger than
   * the image; then its place, down and right.
   *
   * @param area share of the image's area
   * @param ratio width divided by height
   * @return empty if no part fitted
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

  /** The largest part around the middle whose width divided by its height is within a range. */
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
