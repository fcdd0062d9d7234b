package org.nin4j.io;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Network;

/**
 * All that is needed to use a trained network, and where it comes from.
 *
 * @param network the architecture
 * @param weights its numbers; not copied
 * @param classes a name for each logit
 * @param preprocessing how an image becomes the network's input
 * @param provenance recipe, seed, version, metrics and the like, sorted by name
 * @param quantization how it computes in 8-bit integers; null for a model that does not
 */
public record Model(
    Network network,
    Weights weights,
    List<String> classes,
    Preprocessing preprocessing,
    Map<String, String> provenance,
    Quantization quantization) {

  /**
   * Creates a model that is not quantized.
   *
   * @param network the architecture
   * @param weights its numbers; not copied
   * @param classes a name for each logit
   * @param preprocessing how an image becomes the network's input
   * @param provenance recipe, seed, version, metrics and the like
   * @throws IllegalArgumentException when the parts do not fit each other
   */
  public Model(
      Network network,
      Weights weights,
      List<String> classes,
      Preprocessing preprocessing,
      Map<String, String> provenance) {
    this(network, weights, classes, preprocessing, provenance, null);
  }

  /**
   * Checks that the parts fit each other, and copies all but the weights.
   *
   * @param network the architecture
   * @param weights its numbers; not copied
   * @param classes a name for each logit
   * @param preprocessing how an image becomes the network's input
   * @param provenance recipe, seed, version, metrics and the like, sorted by name
   * @param quantization how it computes in 8-bit integers; null for a model that does not
   * @throws IllegalArgumentException when the parts do not fit each other
   */
  public Model {
    classes = List.copyOf(classes);
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    if (!weights.parameters().equals(network.parameters())) {
      throw new IllegalArgumentException(
          "the weights are not those of network '" + network.name() + "'");
    }
    if (classes.size() != network.classes()) {
      throw new IllegalArgumentException(
          "there are "
              + classes.size()
              + " class names, but network '"
              + network.name()
              + "' tells "
              + network.classes()
              + " classes apart");
    }
    if (quantization != null) {
      quantization.requireFits(network);
    }
    if (preprocessing.channels() != network.input().channels()
        || preprocessing.height() != network.input().height()
        || preprocessing.width() != network.input().width()) {
      throw new IllegalArgumentException(
          "the preprocessing makes images of "
              + preprocessing.channels()
              + "x"
              + preprocessing.height()
              + "x"
              + preprocessing.width()
              + ", but network '"
              + network.name()
              + "' takes "
              + network.input());
    }
    provenance.keySet().stream()
        .filter(ModelMetadata::isReserved)
        .findFirst()
        .ifPresent(
            key -> {
              throw new IllegalArgumentException(
                  "provenance may not be called '" + key + "'; the model file uses that name");
            });
  }
}
