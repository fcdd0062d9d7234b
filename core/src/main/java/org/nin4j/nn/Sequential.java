package org.nin4j.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Layers run one after the other. Their names are their indices, from 0.
 *
 * @param layers at least one, in the order in which they run
 */
public record Sequential(List<Layer> layers) implements Layer {

  /**
   * Copies the list.
   *
   * @param layers at least one, in the order in which they run
   * @throws IllegalArgumentException when it is empty
   */
  public Sequential {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a Sequential needs at least one layer");
    }
  }

  /**
   * Creates a sequence of these layers.
   *
   * @param layers at least one, in the order in which they run
   * @throws IllegalArgumentException when there are none
   */
  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape shape = input;
    for (PlacedLayer placed : leaves()) {
      try {
        shape = placed.layer().outputShape(shape);
      } catch (ShapeException e) {
        throw new ShapeException(
            "layer " + placed.path() + " " + placed.layer() + " cannot run: " + e.getMessage(), e);
      }
    }
    return shape;
  }

  @Override
  public List<Parameter> parameters() {
    return leaves().stream().flatMap(placed -> placed.parameters().stream()).toList();
  }

  @Override
  public long multiplyAdds(Shape input) {
    long sum = 0;
    Shape shape = input;
    for (Layer layer : layers) {
      sum = Math.addExact(sum, layer.multiplyAdds(shape));
      shape = layer.outputShape(shape);
    }
    return sum;
  }

  /**
   * {@return all layers that are not containers, in the order in which they run, with their paths}
   */
  public List<PlacedLayer> leaves() {
    List<PlacedLayer> leaves = new ArrayList<>();
    collect("", leaves);
    return leaves;
  }

  private void collect(String prefix, List<PlacedLayer> leaves) {
    for (int i = 0; i < layers.size(); i++) {
      String path = prefix + i;
      if (layers.get(i) instanceof Sequential nested) {
        nested.collect(path + ".", leaves);
      } else {
        leaves.add(new PlacedLayer(path, layers.get(i)));
      }
    }
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }

  /** PyTorch's indented listing, of several lines. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Sequential(\n");
    for (int i = 0; i < layers.size(); i++) {
      text.append("  (").append(i).append("): ");
      text.append(layers.get(i).toString().replace("\n", "\n  ")).append('\n');
    }
    return text.append(')').toString();
  }
}
