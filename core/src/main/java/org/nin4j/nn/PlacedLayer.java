package org.nin4j.nn;

import java.util.List;

/**
 * A layer and its place in a network.
 *
 * @param path PyTorch's module name: {@code 2.0} is the first layer of the third
 * @param layer never a {@link Sequential}
 */
public record PlacedLayer(String path, Layer layer) {
  /** The layer's parameters under their full names: {@code 2.0.weight}. */
  public List<Parameter> parameters() {
    return layer.parameters().stream().map(parameter -> parameter.under(path)).toList();
  }

  /**
   * The parameter or buffer in a role, under its full name.
   *
   * @param role what the numbers are for
   * @throws IllegalArgumentException when the layer has none
   */
  public Parameter parameter(Parameter.Role role) {
    return layer.parameter(role).under(path);
  }
}
