package org.nin4j.explain;

/**
 * Where the cells of a map lie along one axis of a network's input. The centre of cell i is at
 * pixel {@code first + i step}, where pixel 0 stands for the centre of the first pixel.
 *
 * @param cells number of cells, at least 1
 * @param first position of the centre of the first cell, in pixels; it may lie in the padding
 * @param step distance from one centre to the next in pixels, greater than 0
 * @param pixels extent of the network's input in pixels, at least 1
 */
public record CellAxis(int cells, double first, double step, int pixels) {
  /**
   * Checks the numbers.
   *
   * @param cells number of cells, at least 1
   * @param first position of the centre of the first cell, in pixels
   * @param step distance from one centre to the next in pixels, greater than 0
   * @param pixels extent of the network's input in pixels, at least 1
   * @throws IllegalArgumentException when there are no cells or pixels, or the step is not positive
   */
  public CellAxis {
    if (cells < 1 || pixels < 1 || !(step > 0)) {
      throw new IllegalArgumentException(
          "an axis needs at least 1 cell, at least 1 pixel and a step above 0, but got "
              + cells
              + " cells with a step of "
              + step
              + " over "
              + pixels
              + " pixels");
    }
  }

  /** The axis that is divided into equal cells, which do not overlap. */
  static CellAxis divided(int cells, int pixels) {
    double step = (double) pixels / cells;
    return new CellAxis(cells, (step - 1) / 2, step, pixels);
  }

  /**
   * The centres of receptive fields.
   *
   * @param start the first pixel of the first field, which may lie in the padding
   * @param size pixels of each field
   * @param stride pixels from one field to the next; 0 where an AdaptiveAvgPool2d has repeated
   *     cells
   */
  static CellAxis ofFields(int cells, int start, int size, int stride, int pixels) {
    return stride == 0
        ? divided(cells, pixels)
        : new CellAxis(cells, start + (size - 1) / 2.0, stride, pixels);
  }

  /** The same cells over an input that is resized to another extent. */
  CellAxis overPixels(int newPixels) {
    double scale = (double) newPixels / pixels;
    return new CellAxis(cells, (first + 0.5) * scale - 0.5, step * scale, newPixels);
  }

  /**
   * Returns the position of a pixel among the cells, to interpolate between them. Pixels before the
   * first and behind the last centre belong to those cells alone.
   *
   * @param pixel index of a pixel of the input resized to {@code length}
   * @param length extent to which the input is resized
   * @return 0 to cells - 1
   */
  double cellAt(int pixel, int length) {
    double position = (pixel + 0.5) * pixels / length - 0.5;
    return Math.max(0, Math.min(cells - 1.0, (position - first) / step));
  }
}
