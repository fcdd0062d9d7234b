package org.nin4j.spark;

import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.Recipe;

/**
 * The network that the parameters choose.
 *
 * @param text the name of a preset, or the network as JSON text
 * @param size height and width of the input; 0 for the default
 * @param recipe the recipe of the training
 */
record ChosenNetwork(String text, int size, Recipe recipe) {
  /** Returns the channels that the network takes; 0 if it can be built for those of the images. */
  int channels() {
    return NamedOrJson.isJson(text) ? NamedOrJson.network(text).input().channels() : 0;
  }

  /**
   * Builds the network.
   *
   * @param channels number of channels of the images
   * @param classes number of classes
   * @throws IllegalArgumentException when the network does not fit the images or the classes
   */
  Network build(int channels, int classes) {
    if (NamedOrJson.isJson(text)) {
      Network network = NetworkJson.read(text, "the network");
      return size == 0 ? network : network.withInputSize(size, size);
    }
    Networks preset = Networks.named(text);
    Shape usual = recipe.inputOf(preset);
    int height = size > 0 ? size : usual.height();
    int width = size > 0 ? size : usual.width();
    return preset.build(Shape.of(1, channels, height, width), classes);
  }
}
