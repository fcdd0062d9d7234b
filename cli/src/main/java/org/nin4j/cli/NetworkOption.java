package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import picocli.CommandLine.Option;

/** The option {@code --net}: the name of a preset, or a JSON file. */
final class NetworkOption {
  static final String PRESETS =
      "nin, nin-cifar10, nin-cifar100, nin-svhn, nin-mnist, nin-imagenet, vgg11";

  @Option(
      names = "--net",
      paramLabel = "PRESET|FILE.json",
      defaultValue = "nin",
      description = {
        "The network: a preset, or a JSON file. Default: ${DEFAULT-VALUE}.",
        "Presets: " + PRESETS + "."
      })
  String net;

  /** Does what {@link #resolve} does with this option's value. */
  Network build(Shape image, Integer classes) throws IOException {
    return resolve(net, image, classes);
  }

  /**
   * Returns a network by its name.
   *
   * @param net the name of a preset, or the path of a JSON file
   * @param image shape of the input, (1, C, H, W), or null for the network's own
   * @param classes number of classes, or null for the network's own
   * @throws UsageException when there is no such preset, or the network does not fit the input or
   *     the number of classes
   * @throws IOException when the file cannot be read, or is not a network
   */
  static Network resolve(String net, Shape image, Integer classes) throws IOException {
    if (classes != null && classes < 2) {
      throw new UsageException("--classes must be at least 2, but is " + classes);
    }
    if (Networks.names().contains(net) || !isFile(net)) {
      return preset(net, image, classes);
    }
    Network network = NetworkJson.read(Path.of(net));
    if (classes != null && classes != network.classes()) {
      throw new UsageException(
          net
              + " has "
              + network.classes()
              + " classes, not "
              + classes
              + "; change the last layers in the file");
    }
    return image == null ? network : withInput(network, image);
  }

  private static boolean isFile(String net) {
    try {
      return !net.isBlank() && (net.endsWith(".json") || Files.exists(Path.of(net)));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Network preset(String name, Shape image, Integer classes) {
    try {
      Networks preset = Networks.named(name);
      return preset.build(
          image == null ? preset.defaultInput() : image,
          classes == null ? preset.defaultClasses() : classes);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Network withInput(Network network, Shape image) {
    try {
      return new Network(network.name(), image, network.layers());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
