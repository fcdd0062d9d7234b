package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;

/** A choice of a network: a preset, a file, or the network itself. */
@FunctionalInterface
interface NetworkChoice {
  /**
   * Returns the network.
   *
   * @param image shape of the input, (1, C, H, W), or null for the network's own
   * @param classes number of classes, or null for the network's own
   * @throws UsageException if there is no such preset, or the network does not fit the input or the
   *     number of classes
   * @throws IOException if the file cannot be read, or is not a network
   */
  Network build(Shape image, Integer classes) throws IOException;

  /** Returns the network of this preset, or in this JSON file. */
  static NetworkChoice of(String presetOrFile) {
    if (Networks.names().contains(presetOrFile) || !isFile(presetOrFile)) {
      return new Preset(presetOrFile);
    }
    return (image, classes) ->
        fitted(NetworkJson.read(Path.of(presetOrFile)), presetOrFile, image, classes);
  }

  /**
   * Returns the network in this JSON text.
   *
   * @param source the name of the text in messages
   * @throws IllegalArgumentException if it is not a network that can run
   */
  static NetworkChoice written(String json, String source) {
    return of(NetworkJson.read(json, source), source);
  }

  /**
   * Returns a network that is there already.
   *
   * @param source where it comes from, for messages
   */
  static NetworkChoice of(Network network, String source) {
    return (image, classes) -> fitted(network, source, image, classes);
  }

  private static boolean isFile(String net) {
    try {
      return !net.isBlank() && (net.endsWith(".json") || Files.exists(Path.of(net)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Network fitted(Network network, String source, Shape image, Integer classes) {
    if (classes != null && classes != network.classes()) {
      throw new UsageException(
          source
              + " has "
              + network.classes()
              + " classes, not "
              + classes
              + "; change its last layers");
    }
    try {
      return image == null ? network : new Network(network.name(), image, network.layers());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /**
   * A preset, or a name that is none.
   *
   * @param name the name of the preset
   */
  record Preset(String name) implements NetworkChoice {
    @Override
    public Network build(Shape image, Integer classes) {
      try {
        Networks preset = Networks.named(name);
        return preset.build(
            image == null ? preset.defaultInput() : image,
            classes == null ? preset.defaultClasses() : classes);
      } catch (IllegalArgumentException e) {
        throw new UsageException(e.getMessage(), e);
      }
    }
  }
}
