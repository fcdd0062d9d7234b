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

  /** LayerCAM takes maps of at least so many rows and columns; coarser ones were less exact. */
  static final int LAYER_CAM_CELLS = 12;

  /** Chooses a method for a network. */
  static MethodChoice of(Network network, Optional<ClassMapLayers> layers) {
    String reason = "because network '" + network.name() + "' has no class maps";
    if (layers.isPresent()) {
      Shape maps = network.outputShapes().get(layers.get().after());
      String size = maps.height() + "x" + maps.width();
      if (Math.min(maps.height(), maps.width()) >= ENOUGH_CELLS) {
        return new MethodChoice(
            ExplanationMethod.CLASS_MAPS, "because " + size + " cells are fine enough");
      }
      reason = "because the class maps have only " + size + " cells";
    }
    boolean hasRelu = MapLayers.lastRelu(network, LAYER_CAM_CELLS).isPresent();
    return new MethodChoice(
        hasRelu ? ExplanationMethod.LAYER_CAM : ExplanationMethod.OCCLUSION, reason);
  }
}
