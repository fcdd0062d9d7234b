package org.nin4j.explain;

import java.util.List;
import java.util.Optional;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.nn.Network;

/** The pass of an image through a network that ends in class maps, if it does. */
final class ClassMapPass implements AutoCloseable {
  private final boolean hasMaps;
  private final boolean hasRelu;
  private final LayerOutputs outputs;

  ClassMapPass(
      Arithmetic arithmetic,
      Network network,
      Preprocessing preprocessing,
      Optional<ClassMapLayers> layers) {
    hasMaps = layers.isPresent();
    hasRelu = layers.map(ClassMapLayers::hasRelu).orElse(false);
    List<Integer> kept =
        layers
            .map(
                maps ->
                    maps.hasRelu() ? List.of(maps.before(), maps.after()) : List.of(maps.before()))
            .orElse(List.of());
    outputs = new LayerOutputs(arithmetic, network, preprocessing, kept);
  }

  void run(DecodedImage image) {
    outputs.run(image);
  }

  /** The logits of the last image; the same array for every image. */
  float[] logits() {
    return outputs.logits();
  }

  /** The maps of the last image. */
  Optional<ClassMaps> maps() {
    return hasMaps
        ? Optional.of(new ClassMaps(outputs.maps(0), outputs.maps(hasRelu ? 1 : 0)))
        : Optional.empty();
  }

  @Override
  public void close() {
    outputs.close();
  }
}
