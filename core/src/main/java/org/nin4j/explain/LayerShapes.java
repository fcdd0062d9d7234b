package org.nin4j.explain;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/** The shapes between the layers of a network, for one image. */
final class LayerShapes {
  private LayerShapes() {}

  /** Returns the input of each of the network's leaves, and at the end the logits. */
  static List<Shape> inputs(Network network) {
    List<Shape> shapes = new ArrayList<>();
    Shape shape = network.input();
    shapes.add(shape);
    for (PlacedLayer placed : network.layers().leaves()) {
      shape = placed.layer().outputShape(shape);
      shapes.add(shape);
    }
    return shapes;
  }

  /** Returns the output of each of the network's leaves. */
  static List<Shape> outputs(Network network) {
    List<Shape> inputs = inputs(network);
    return inputs.subList(1, inputs.size());
  }
}
