package org.nin4j.explain;

import org.nin4j.nn.Network;
import org.nin4j.nn.ReceptiveField;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Summary;

/**
 * Where the cells of a map lie in a network's input.
 *
 * @param rows along the height
 * @param columns along the width
 */
public record CellGrid(CellAxis rows, CellAxis columns) {
  /**
   * The grid of a layer's output, whose cells lie at the centres of their receptive fields.
   *
   * @param leaf index of the layer in the network's leaves; its output are maps
   */
  static CellGrid of(Network network, int leaf) {
    Shape input = network.input();
    Shape output = network.outputShapes().get(leaf);
    ReceptiveField field = Summary.of(network).leaves().get(leaf).receptiveField();
    return new CellGrid(
        CellAxis.ofFields(
            output.height(), field.top(), field.height(), field.strideY(), input.height()),
        CellAxis.ofFields(
            output.width(), field.left(), field.width(), field.strideX(), input.width()));
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
