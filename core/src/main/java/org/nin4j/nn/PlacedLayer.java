package org.nin4j.nn;

import java.util.List;

/**
 * A layer and its path in a network.
 *
 * @param path PyTorch's module name: {@code 2.0} is the first layer of the third
 * @param layer never a {@link Sequential}
 */
public record PlacedLayer(String path, Layer layer) {
  /** {@return the layer's parameters and buffers under their full names: {@code 2.0.weight}} */
  public List<Parameter> parameters() {
    return layer.parameters().stream().map(parameter -> parameter.under(path)).toList();
  }

  /**
   * Returns the parameter or buffer that has a role, under its full name.
   *
   * @param role what the numbers are for
   * @return the parameter or buffer
   * @throws IllegalArgumentException when the layer has none
   */
  public Parameter parameter(Parameter.Role role) {
    for (Parameter parameter : layer.parameters()) {
      if (parameter.role() == role) {
        return parameter.under(path);
      }
    }
    throw new IllegalArgumentException(layer + " has no parameter in the role " + role);
  }
}
