package org.nin4j.explain;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.nin4j.data.Preprocessing;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;

/** The methods for a model, each compiled when it is first asked for. */
final class HeatMappers implements AutoCloseable {
  private final Arithmetic arithmetic;
  private final Network network;
  private final Preprocessing preprocessing;
  private final Optional<ClassMapLayers> layers;
  private final ClassMapPass pass;
  private final Map<ExplanationMethod, HeatMapper> mappers = new EnumMap<>(ExplanationMethod.class);

  /**
   * @param layers those of the class maps, if there are any
   * @param pass the pass at the network's own input size, whose owner runs and closes it
   */
  HeatMappers(
      Arithmetic arithmetic, Model model, Optional<ClassMapLayers> layers, ClassMapPass pass) {
    this.arithmetic = arithmetic;
    network = model.network();
    preprocessing = model.preprocessing();
    this.layers = layers;
    this.pass = pass;
  }

  /**
   * Returns a method.
   *
   * @throws IllegalArgumentException when the network has no maps that the method needs
   */
  HeatMapper of(ExplanationMethod method) {
    return mappers.computeIfAbsent(method, this::compile);
  }

  private HeatMapper compile(ExplanationMethod method) {
    return switch (method) {
      case CLASS_MAPS -> {
        requireClassMaps();
        yield new OwnClassMap(pass);
      }
      case LARGER_INPUT ->
          new LargerInput(
              arithmetic, network, preprocessing, requireClassMaps(), MethodChoice.ENOUGH_CELLS);
      case LAYER_CAM ->
          new LayerCam(
              arithmetic,
              network,
              preprocessing,
              MapLayers.lastRelu(network, MethodChoice.LAYER_CAM_CELLS)
                  .orElseThrow(this::noLayerCam));
      case OCCLUSION -> new Occlusion(arithmetic, network, preprocessing);
    };
  }

  private ClassMapLayers requireClassMaps() {
    return layers.orElseThrow(
        () ->
            new IllegalArgumentException(
                "network '"
                    + network.name()
                    + "' has no class maps, because it does not end in a convolution with a map for"
                    + " each class and a global average; use layer-cam or occlusion"));
  }

  private IllegalArgumentException noLayerCam() {
    return new IllegalArgumentException(
        "network '"
            + network.name()
            + "' has no maps that go through a ReLU before its head, which layer-cam needs; use"
            + " occlusion");
  }

  @Override
  public void close() {
    mappers.values().forEach(HeatMapper::close);
    mappers.clear();
  }
}
