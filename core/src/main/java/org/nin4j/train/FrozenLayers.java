package org.nin4j.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;

/** Which layers of a network keep their weights in a training, as paths of layers or blocks. */
final class FrozenLayers {
  private FrozenLayers() {}

  /**
   * Returns paths without duplicates, in the order in which their layers run.
   *
   * @throws IllegalArgumentException when a path is not that of a layer or block with parameters,
   *     or no parameter is left to train
   */
  static Set<String> of(Network network, Collection<String> paths) {
    for (String path : paths) {
      if (network.parameters().stream().noneMatch(parameter -> parameter.isIn(path))) {
        throw new IllegalArgumentException(
            "cannot freeze '"
                + path
                + "', which is not a block with parameters of network '"
                + network.name()
                + "'; its blocks with parameters are "
                + String.join(", ", network.blocks()));
      }
    }
    Set<String> ordered = new LinkedHashSet<>();
    for (Parameter parameter : network.parameters()) {
      paths.stream().filter(path -> parameter.isIn(path)).sorted().forEach(ordered::add);
    }
    if (network.parameters().stream().allMatch(p -> !p.trainable() || contains(ordered, p))) {
      throw new IllegalArgumentException(
          "all parameters of network '"
              + network.name()
              + "' are frozen, so nothing is left to train; freeze fewer of the blocks "
              + String.join(", ", network.blocks()));
    }
    return ordered;
  }

  /** Returns the paths of all blocks with parameters before the head of a network. */
  static List<String> allButHead(Network network) {
    List<Parameter> head = new ArrayList<>();
    network.head().stream().map(PlacedLayer::parameters).forEach(head::addAll);
    return network.blocks().stream()
        .filter(block -> head.stream().noneMatch(parameter -> parameter.isIn(block)))
        .toList();
  }

  /** Returns whether the layer of a parameter or buffer is frozen. */
  static boolean contains(Set<String> frozen, Parameter parameter) {
    return frozen.stream().anyMatch(path -> parameter.isIn(path));
  }
}
