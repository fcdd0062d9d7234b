package org.nin4j.explain;

import java.util.List;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.LayerVisitor;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Follows the centres of receptive fields from the input of a network through its layers. */
final class GridAfterLayer implements LayerVisitor<CellGrid> {
  private CellGrid grid;
  private Shape shape;

  private GridAfterLayer(Shape input) {
    grid = CellGrid.ofPixels(input);
    shape = input;
  }

  /**
   * Finds the grid of a layer's output.
   *
   * @param leaf index of the layer in the network's {@link Sequential#leaves}; its output and those
   *     of all layers before it are maps
   */
  static CellGrid of(Network network, int leaf) {
    GridAfterLayer following = new GridAfterLayer(network.input());
    List<PlacedLayer> leaves = network.layers().leaves();
    for (PlacedLayer placed : leaves.subList(0, leaf + 1)) {
      Shape output = placed.layer().outputShape(following.shape);
      following.shape = output;
      following.grid = placed.layer().accept(following);
    }
    return following.grid;
  }

  /** {@link #shape} is that of the output already. */
  private CellGrid slid(Size2d kernel, Size2d stride, Size2d padding) {
    return new CellGrid(
        grid.rows().windows(shape.height(), kernel.height(), stride.height(), padding.height()),
        grid.columns().windows(shape.width(), kernel.width(), stride.width(), padding.width()));
  }

  @Override
  public CellGrid visit(Conv2d layer) {
    return slid(layer.kernel(), layer.stride(), layer.padding());
  }

  @Override
  public CellGrid visit(MaxPool2d layer) {
    return slid(layer.kernel(), layer.stride(), layer.padding());
  }

  @Override
  public CellGrid visit(AvgPool2d layer) {
    return slid(layer.kernel(), layer.stride(), layer.padding());
  }

  @Override
  public CellGrid visit(AdaptiveAvgPool2d layer) {
    return new CellGrid(grid.rows().covered(shape.height()), grid.columns().covered(shape.width()));
  }

  @Override
  public CellGrid visit(ReLU layer) {
    return grid;
  }

  @Override
  public CellGrid visit(BatchNorm2d layer) {
    return grid;
  }

  @Override
  public CellGrid visit(Dropout layer) {
    return grid;
  }

  @Override
  public CellGrid visit(Flatten layer) {
    throw new IllegalArgumentException("a Flatten layer has no maps");
  }

  @Override
  public CellGrid visit(Linear layer) {
    throw new IllegalArgumentException("a Linear layer has no maps");
  }

  @Override
  public CellGrid visit(Sequential layer) {
    throw new IllegalArgumentException("a Sequential is not a single layer");
  }
}
