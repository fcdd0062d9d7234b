package org.nin4j.engine.reference;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Parameter.Role;

/** Where the arrays of one layer are among those of its network. */
final class LayerParameters {
  private final Map<Role, Integer> indices = new EnumMap<>(Role.class);

  /**
   * @param first index of the layer's first parameter in the network's
   */
  LayerParameters(Layer layer, int first) {
    List<Parameter> parameters = layer.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      indices.put(parameters.get(i).role(), first + i);
    }
  }

  /** Index of the array in the network's parameters. */
  int index(Role role) {
    return indices.get(role);
  }

  /** The array of this layer; not a copy. */
  float[] of(Weights weights, Role role) {
    return weights.values(indices.get(role));
  }
}
