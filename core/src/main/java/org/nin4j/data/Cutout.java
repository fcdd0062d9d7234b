package org.nin4j.data;

/**
 * Erases a square of an image (DeVries and Taylor, 2017): its centre is any pixel with equal
 * probability, so that a part of the square may lie outside. What is erased becomes zero in the
 * network's input, as nearly as a pixel value can. Draws two numbers: the centre's row, then its
 * column.
 *
 * @param size the side of the square in pixels of the image, at least 1
 */
public record Cutout(int size) implements Augmentation {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Cutout {
    if (size < 1) {
      throw new IllegalArgumentException(
          "the size of Cutout must be at least 1 pixel, but is " + size);
    }
  }

  @Override
  public void apply(ImageBuffer image, ImageVisit visit) {
    long top = visit.random().nextInt(image.height()) - (long) (size / 2);
    long left = visit.random().nextInt(image.width()) - (long) (size / 2);
    int firstRow = (int) Math.max(0, top);
    int firstColumn = (int) Math.max(0, left);
    int rows = (int) Math.min(image.height(), top + size) - firstRow;
    int columns = (int) Math.min(image.width(), left + size) - firstColumn;
    image.erase(new Box(firstRow, firstColumn, rows, columns), visit);
  }
}
