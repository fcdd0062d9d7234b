package org.nin4j.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;

/**
 * Takes over weights from a trained model: all parameters and buffers that have the name and the
 * shape of one of the model's. If the classes are not those of the model, in the same order, the
 * head of the network is new even where a shape happens to match.
 *
 * @param source the model's weights
 * @param taken the names of the parameters and buffers that are taken over, in the network's order
 * @param renewed the names of the others, in the network's order
 */
record WeightTransfer(Weights source, List<String> taken, List<String> renewed) {

  /**
   * Compares a network with a model.
   *
   * @param model the trained model
   * @param network the network that takes over its weights
   * @param classes the names of the network's classes
   * @throws IllegalArgumentException when nothing can be taken over
   */
  static WeightTransfer of(Model model, Network network, List<String> classes) {
    Set<Parameter> candidates = new HashSet<>(model.network().parameters());
    if (!classes.equals(model.classes())) {
      network.head().stream().map(PlacedLayer::parameters).forEach(candidates::removeAll);
    }
    List<String> taken = new ArrayList<>();
    List<String> renewed = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      (candidates.contains(parameter) ? taken : renewed).add(parameter.name());
    }
    if (taken.isEmpty()) {
      throw new IllegalArgumentException(
          "network '"
              + network.name()
              + "' can take over nothing from the model: apart from layers that depend on the classes,"
              + " no parameter has the name and the shape of one of the model's; train it without a"
              + " model to start from");
    }
    return new WeightTransfer(model.weights(), taken, renewed);
  }

  /** Overwrites weights of the network with those that are taken over. */
  void copyTo(Weights weights) {
    for (String name : taken) {
      float[] values = source.values(name);
      System.arraycopy(values, 0, weights.values(name), 0, values.length);
    }
  }
}
