package org.nin4j.explain;

import java.util.Optional;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;

/**
 * The method that suits a network.
 *
 * @param method the method
 * @param reason why, as the end of a sentence
 */
record MethodChoice(ExplanationMethod method, String reason) {
  /** Maps with fewer rows or columns than this are too coarse to show a place. */
  static final int ENOUGH_CELLS = 5;

  /** Chooses a method for a network. */
  static MethodChoice of(Network network, Optional<ClassMapLayers> layers) {
    if (layers.isEmpty()) {
      return new MethodChoice(
          ExplanationMethod.LAYER_CAM,
          "because network '" + network.name() + "' has no class maps");
    }
    Shape maps = LayerShapes.outputs(network).get(layers.get().after());
    String size = maps.height() + "x" + maps.width();
    return Math.min(maps.height(), maps.width()) >= ENOUGH_CELLS
        ? new MethodChoice(
            ExplanationMethod.CLASS_MAPS, "because " + size + " cells are fine enough")
        : new MethodChoice(
            ExplanationMethod.LAYER_CAM, "because the class maps have only " + size + " cells");
  }
}
