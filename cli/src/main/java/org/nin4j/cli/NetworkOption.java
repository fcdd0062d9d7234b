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

/** The option {@code --net}: a preset's name, or a JSON file. */
final class NetworkOption {
  static final String PRESETS =
      "nin, nin-cifar10, nin-cifar100, nin-svhn, nin-mnist, nin-imagenet, vgg11";

  @Option(
      names = "--net",
      paramLabel = "PRESET|FILE.json",
      defaultValue = "nin",
      description = {
        "The network: a preset or a JSON file. Default: ${DEFAULT-VALUE}.",
        "Presets: " + PRESETS + "."
      })
  String net;

  /** As {@link #resolve}, of this option's value. */
  Network build(Shape image, Integer classes) throws IOException {
    return resolve(net, image, classes);
  }

  /**
   * The network that a person named.
   *
   * @param image (1, C, H, W), or null for what the network is meant for
   * @param classes null for what the network is meant for
   * @throws UsageException when there is no such preset, or the network cannot take the image or
   *     the classes
   * @throws IOException when the file cannot be read, or does not hold a network
   */
  static Network resolve(String net, Shape image, Integer classes) throws IOException {
    if (classes != null && classes < 2) {
      throw new UsageException("a network needs at least 2 classes, but --classes is " + classes);
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
              + "; the last layers of the file decide that");
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
