package org.nin4j.cli;

import java.io.IOException;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;
import org.nin4j.nn.ShapeException;
import picocli.CommandLine.Option;

/** The option {@code --net}: the name of a preset, or a JSON file. */
final class NetworkOption {
  static final String NET = "--net";
  static final String PRESETS =
      "nin, nin-cifar10, nin-cifar100, nin-svhn, nin-mnist, nin-cifar10-bn, nin-mnist-bn, nin-modern,"
          + " nin-small, nin-imagenet, vgg11";

  @Option(
      names = NET,
      paramLabel = "PRESET|FILE.json",
      defaultValue = "nin",
      description = {
        "The network: a preset, or a JSON file. Default: ${DEFAULT-VALUE}.",
        "Presets: " + PRESETS + "."
      })
  NetworkChoice net;

  /**
   * Does what {@link NetworkChoice#build} does with this option's value.
   *
   * @throws UsageException if there is no such network, or it does not fit; the message names the
   *     option unless the size of the image is the reason
   */
  Network build(Shape image, Integer classes) throws IOException {
    try {
      return net.build(image, classes);
    } catch (UsageException e) {
      throw e.getCause() instanceof ShapeException ? e : e.about(NET);
    }
  }
}
