package org.nin4j.engine.reference;

import java.util.List;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.PlanSpec;
import org.nin4j.nn.PlacedLayer;

/**
 * What the backward pass computes in each layer, from the last layer to the first that has
 * something to train, or to the images when their gradient is asked for.
 */
final class BackwardExtent {
  private final boolean[] weights; // of each layer, as it runs
  private final boolean[] data;

  BackwardExtent(PlanSpec spec, Gradients wanted) {
    List<PlacedLayer> layers = spec.network().layers().leaves();
    weights = new boolean[layers.size()];
    data = new boolean[layers.size()];
    boolean needed = wanted == Gradients.OF_PARAMETERS_AND_INPUT;
    for (int i = 0; i < layers.size(); i++) {
      weights[i] = layers.get(i).parameters().stream().anyMatch(spec::trains);
      data[i] = needed;
      needed |= weights[i];
    }
  }

  /** Whether the gradients of the layer's parameters are computed. */
  boolean hasWeights(int layer) {
    return weights[layer];
  }

  /** Whether the gradient of the layer's input is computed. */
  boolean hasData(int layer) {
    return data[layer];
  }
}
