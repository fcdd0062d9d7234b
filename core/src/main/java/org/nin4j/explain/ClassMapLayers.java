package org.nin4j.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * The end of a network whose logits are the means of maps: a layer with one map for each class, a
 * global average and Flatten, and nothing else but Dropout. All are indices in {@link
 * Sequential#leaves}.
 *
 * @param before the layer whose output are the maps before the last ReLU
 * @param after the layer whose output is averaged: the last ReLU, or the same layer without one
 * @param pool the layer that averages
 */
record ClassMapLayers(int before, int after, int pool) {
  private static final Size2d ONE = Size2d.of(1);

  /** Finds the layers; empty in a network that ends in another way. */
  static Optional<ClassMapLayers> of(Network network) {
    List<PlacedLayer> leaves = network.layers().leaves();
    List<Shape> outputs = network.outputShapes();
    int last = withoutDropout(leaves, leaves.size() - 1);
    int pool = last < 0 ? -1 : withoutDropout(leaves, last - 1);
    if (pool < 1
        || !(leaves.get(last).layer() instanceof Flatten)
        || !isGlobalAverage(leaves.get(pool).layer(), outputs.get(pool - 1))) {
      return Optional.empty();
    }
    int after = withoutDropout(leaves, pool - 1);
    if (after < 0) {
      return Optional.empty();
    }
    int before = leaves.get(after).layer() instanceof ReLU && after > 0 ? after - 1 : after;
    return Optional.of(new ClassMapLayers(before, after, pool));
  }

  /** Whether a ReLU is the last layer before the average. */
  boolean hasRelu() {
    return before != after;
  }

  private static int withoutDropout(List<PlacedLayer> leaves, int from) {
    int index = from;
    while (index >= 0 && leaves.get(index).layer() instanceof Dropout) {
      index--;
    }
    return index;
  }

  private static boolean isGlobalAverage(Layer layer, Shape input) {
    if (layer instanceof AdaptiveAvgPool2d adaptive) {
      return adaptive.output().equals(ONE);
    }
    return layer instanceof AvgPool2d pool
        && pool.padding().equals(Size2d.of(0))
        && pool.kernel().equals(new Size2d(input.height(), input.width()));
  }

  /**
   * Returns the same network, with the same weights, for an input of another size: its global
   * average covers maps of any size.
   *
   * @throws org.nin4j.nn.ShapeException when the layers cannot run on it
   */
  Network resized(Network network, int height, int width) {
    Shape input = Shape.of(1, network.input().channels(), height, width);
    String path = network.layers().leaves().get(pool).path();
    return new Network(network.name(), input, withAdaptivePool(network.layers(), "", path));
  }

  private static Sequential withAdaptivePool(Sequential layers, String prefix, String pool) {
    List<Layer> replaced = new ArrayList<>();
    for (int i = 0; i < layers.layers().size(); i++) {
      String path = prefix + i;
      Layer layer = layers.layers().get(i);
      if (layer instanceof Sequential nested) {
        replaced.add(withAdaptivePool(nested, path + ".", pool));
      } else {
        replaced.add(path.equals(pool) ? new AdaptiveAvgPool2d(1) : layer);
      }
    }
    return new Sequential(replaced);
  }
}
