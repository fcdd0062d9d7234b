package org.nin4j.explain;

import org.nin4j.nn.Shape;

/**
 * Where the cells of a map lie in a network's input.
 *
 * @param rows along the height
 * @param columns along the width
 */
public record CellGrid(CellAxis rows, CellAxis columns) {
  /** The pixels of the network's input. */
  static CellGrid ofPixels(Shape input) {
    return new CellGrid(CellAxis.ofPixels(input.height()), CellAxis.ofPixels(input.width()));
  }

  /** {@return the number of rows of the map} */
  public int height() {
    return rows.cells();
  }

  /** {@return the number of columns of the map} */
  public int width() {
    return columns.cells();
  }

  /** {@return the number of cells of the map} */
  public int cells() {
    return height() * width();
  }

  /** The same cells over an input that is resized to the size of another. */
  CellGrid over(Shape input) {
    return new CellGrid(rows.overPixels(input.height()), columns.overPixels(input.width()));
  }

  /** {@return the size of the map in the form {@code 7x7}} */
  @Override
  public String toString() {
    return height() + "x" + width();
  }
}
