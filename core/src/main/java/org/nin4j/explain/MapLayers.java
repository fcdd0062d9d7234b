package org.nin4j.explain;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

/** The layers of a network whose output are maps. */
final class MapLayers {
  private MapLayers() {}

  /**
   * Finds a layer by its path.
   *
   * @param path of a layer, or of a block, of which the last layer is taken
   * @return its index in the network's leaves
   * @throws IllegalArgumentException when there is none, or its output are no maps
   */
  static int at(Network network, String path) {
    int found = network.layerIndex(path);
    Shape output = network.outputShapes().get(found);
    if (output.rank() != 4) {
      PlacedLayer placed = network.layers().leaves().get(found);
      throw new IllegalArgumentException(
          "layer "
              + placed.path()
              + " "
              + placed.layer()
              + " has no maps, but a row of "
              + output.channels()
              + " numbers; choose a layer before it");
    }
    return found;
  }

  /**
   * Finds the layer whose maps LayerCAM weights: the last ReLU before the head of the network whose
   * maps have at least a number of rows and columns, or the first ReLU when none has.
   *
   * @return its index in the network's leaves; empty when no map before the head goes through a
   *     ReLU
   */
  static OptionalInt lastRelu(Network network, int cells) {
    List<PlacedLayer> leaves = network.layers().leaves();
    List<Shape> outputs = network.outputShapes();
    int head = network.parameters().isEmpty() ? 0 : leaves.indexOf(network.head().get(0));
    int[] relus =
        IntStream.range(0, head)
            .filter(i -> leaves.get(i).layer() instanceof ReLU && outputs.get(i).rank() == 4)
            .toArray();
    OptionalInt fine =
        IntStream.of(relus)
            .filter(i -> Math.min(outputs.get(i).height(), outputs.get(i).width()) >= cells)
            .reduce((first, second) -> second);
    return fine.isPresent() ? fine : IntStream.of(relus).findFirst();
  }
}
