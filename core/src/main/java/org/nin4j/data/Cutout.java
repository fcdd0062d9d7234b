package org.nin4j.data;

/**
 * Erases a square of an image (DeVries and Taylor, 2017). Its centre is drawn uniformly from all
 * pixels, so the square may be clipped at the border. Erased pixels get the value closest to zero
 * after normalisation. Draws two random numbers: the centre's row, then its column.
 *
 * @param size length of the square's sides, in pixels of the stored image, at least 1
 */
public record Cutout(int size) implements Augmentation {
  /**
   * Checks the size.
   *
   * @param size length of the square's sides, in pixels of the stored image, at least 1
   * @throws IllegalArgumentException if the size is below 1
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
