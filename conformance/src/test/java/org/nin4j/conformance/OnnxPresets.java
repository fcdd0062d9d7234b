package org.nin4j.conformance;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Trial;
import org.nin4j.io.Model;
import org.nin4j.io.PretrainedModels;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;

/**
 * Every preset as a model to export: small images, and weights that no initializer makes. These are
 * the trained ones where this library has them, else random ones, with running statistics that are
 * not 0 and 1.
 */
final class OnnxPresets {
  static final int IMAGES = 3;

  private static final String TRAINED = "nin-small-cifar10";

  private OnnxPresets() {}

  /** The weights, and images from 0 to 1. */
  static Trial trial(Networks preset) {
    int channels = preset.defaultInput().channels();
    int side = side(preset);
    Network network = preset.build(Shape.of(1, channels, side, side), preset.defaultClasses());
    Trial trial = new Trial(network, IMAGES, IMAGES, 7);
    for (int i = 0; i < trial.images.length; i++) {
      trial.images[i] = Math.abs(trial.images[i]);
    }
    if (preset == Networks.NIN_SMALL) {
      trial.weights.set(PretrainedModels.named(TRAINED).weights());
    }
    return trial;
  }

  /** The least that a network of three strides takes, or a little more. */
  private static int side(Networks preset) {
    return switch (preset) {
      case NIN, NIN_IMAGENET -> 99;
      case VGG11 -> 32;
      default -> 21;
    };
  }

  static Model model(Trial trial) {
    Shape input = trial.network.input();
    List<String> classes =
        IntStream.range(0, trial.network.classes()).mapToObj(i -> "class " + i).toList();
    return new Model(
        trial.network,
        trial.weights,
        classes,
        Preprocessing.unit(input.channels(), input.height(), input.width()),
        Map.of());
  }
}
