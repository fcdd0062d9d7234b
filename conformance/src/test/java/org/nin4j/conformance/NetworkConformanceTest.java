package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * Whole networks compute what PyTorch computes from the same weights, matched by name, with the
 * same dropout masks: logits in training and in inference, all gradients, the gradient of the
 * images in inference, running statistics.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkConformanceTest {
  private static final int IMAGES = 2;
  private static final int SAMPLES = 2;
  private static final double MARGIN = 6;

  private final TorchComparison comparison = new TorchComparison();
  private final WorstDeviations worst = new WorstDeviations();

  @AfterAll
  void report() {
    Report.section(
        30,
        "Networks",
        """
        Every preset at one or two image sizes, and one with a BatchNorm2d after each convolution, trained as a
        whole and with frozen layers: %d images forward and backward in training and in inference, from
        the same weights. What is frozen has no gradient in PyTorch either, and its BatchNorm2d layers
        are in evaluation mode. The tolerance is
        measured as for stacks: %d times the largest deviation in %d perturbed runs.

        %s
        """
            .formatted(IMAGES, (int) MARGIN, SAMPLES, worst.table("network and size")));
  }

  @ParameterizedTest
  @CsvSource({
    "nin, 224",
    "nin, 97",
    "nin-cifar10, 32",
    "nin-cifar10, 27",
    "nin-cifar10-bn, 27",
    "nin-modern, 21",
    "nin-cifar100, 32",
    "nin-cifar100, 45",
    "nin-svhn, 32",
    "nin-svhn, 21",
    "nin-mnist, 28",
    "nin-mnist, 33",
    "nin-imagenet, 224",
    "nin-imagenet, 115",
    "vgg11, 45"
  })
  void aPreset(String name, int size) {
    Networks preset = Networks.named(name);
    Shape input = Shape.of(1, preset.defaultInput().channels(), size, size);
    agree(name + " " + size, preset.build(input, preset.defaultClasses()));
  }

  @ParameterizedTest
  @CsvSource({"32", "19"})
  void aPresetWithBatchNormalisation(int size) {
    Network plain = Networks.NIN_CIFAR10.build(Shape.of(1, 3, size, size), 10);
    agree(
        "nin-cifar10 with BatchNorm2d " + size,
        new Network("normalised", plain.input(), normalised(plain.layers())));
  }

  /** A frozen block, a frozen BatchNorm2d and a frozen convolution; all others are trained. */
  @ParameterizedTest
  @CsvSource({"32", "19"})
  void aPresetWithFrozenLayers(int size) {
    Network plain = Networks.NIN_CIFAR10.build(Shape.of(1, 3, size, size), 10);
    agree(
        "nin-cifar10 with BatchNorm2d, partly frozen " + size,
        new Network("frozen", plain.input(), normalised(plain.layers())),
        "0",
        "3.1",
        "3.6");
  }

  private static Sequential normalised(Sequential layers) {
    List<Layer> changed = new ArrayList<>();
    for (Layer layer : layers.layers()) {
      changed.add(layer instanceof Sequential nested ? normalised(nested) : layer);
      if (layer instanceof Conv2d conv) {
        changed.add(new BatchNorm2d(conv.outChannels()));
      }
    }
    return new Sequential(changed);
  }

  private void agree(String name, Network network, String... frozen) {
    List<String> defects = new ArrayList<>();
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      if (comparison.supports(precision)) {
        Trial trial =
            LayerCase.in(precision, new Trial(network, IMAGES, IMAGES + 1, 7).withFrozen(frozen));
        List<Deviation> deviations =
            comparison.compare(trial, precision, Tolerances.ofStack(SAMPLES, MARGIN));
        worst.add(name, precision, deviations);
        deviations.stream()
            .filter(Deviation::isDefect)
            .forEach(deviation -> defects.add(precision + " " + deviation));
      }
    }
    assertEquals(List.of(), defects, name);
  }
}
