package org.nin4j.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * A cut behind a layer, which divides a network into two: what one computes, flattened, is the
 * other's input.
 */
final class NetworkCut {
  private final Network network;
  private final String path;
  private final int layersBefore;
  private final Shape shape; // of what goes over the cut

  /**
   * @param path of a layer that is no container
   * @throws IllegalArgumentException when the network has no layer at the path
   */
  NetworkCut(Network network, String path) {
    this.network = network;
    this.path = path;
    List<PlacedLayer> leaves = network.layers().leaves();
    List<String> paths = leaves.stream().map(PlacedLayer::path).toList();
    if (!paths.contains(path)) {
      throw new IllegalArgumentException(
          "network '" + network.name() + "' has no layer at '" + path + "'; it has " + paths);
    }
    layersBefore = paths.indexOf(path) + 1;
    shape = network.outputShapes().get(layersBefore - 1);
  }

  /** The layers up to the cut, with a Flatten where they do not end in one row for each image. */
  Network before() {
    List<Layer> layers = part(network.layers(), 0, 0, layersBefore);
    if (shape.rank() > 2) {
      layers.add(new Flatten());
    }
    return new Network(network.name() + " up to " + path, network.input(), new Sequential(layers));
  }

  /** The layers behind the cut, with a Flatten where they do not begin with (C, H, W). */
  Network after() {
    List<Layer> layers = new ArrayList<>();
    if (shape.rank() == 2) {
      layers.add(new Flatten());
    }
    layers.addAll(part(network.layers(), 0, layersBefore, Integer.MAX_VALUE));
    Shape input = shape.rank() == 2 ? Shape.of(1, shape.channels(), 1, 1) : shape;
    return new Network(network.name() + " after " + path, input, new Sequential(layers));
  }

  /**
   * The layers in a range, in the containers in which they are; a container that has none in it is
   * left out.
   *
   * @param first index of the first layer of the container
   * @param from index of the first layer of the range
   * @param to index behind the last layer of the range
   */
  private static List<Layer> part(Sequential container, int first, int from, int to) {
    List<Layer> part = new ArrayList<>();
    int index = first;
    for (Layer layer : container.layers()) {
      if (layer instanceof Sequential nested) {
        List<Layer> inner = part(nested, index, from, to);
        if (!inner.isEmpty()) {
          part.add(new Sequential(inner));
        }
        index += nested.leaves().size();
      } else {
        if (index >= from && index < to) {
          part.add(layer);
        }
        index++;
      }
    }
    return part;
  }
}
