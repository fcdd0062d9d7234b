package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Networks;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

/** NaN and overflow in whole networks. */
class NetworkSpecialValuesTest {
  private static final int IMAGES = 3;

  @ParameterizedTest
  @CsvSource({
    "nin, 67",
    "nin-cifar10, 17",
    "nin-cifar100, 16",
    "nin-svhn, 13",
    "nin-mnist, 15",
    "nin-imagenet, 67",
    "vgg11, 32"
  })
  void aNaNInOneImageMakesOnlyItsOwnLogitsNaN(String name, int size) {
    Networks preset = Networks.named(name);
    Shape input = Shape.of(1, preset.defaultInput().channels(), size, size);
    Trial trial = new Trial(preset.build(input, preset.defaultClasses()), IMAGES, IMAGES, 11);
    check(Engines.reference(), Precision.FP32, trial);
    Engine oneDnn = Engines.oneDnn();
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      if (oneDnn.supports(precision)) {
        check(oneDnn, precision, trial);
      }
    }
  }

  private static void check(Engine engine, Precision precision, Trial trial) {
    int classes = trial.network.classes();
    float[] expected = trial.infer(engine, precision);
    int perImage = trial.images.length / IMAGES;
    int width = trial.network.input().width();
    int middle = perImage + width / 2 * width + width / 2; // of the second image
    float ordinary = trial.images[middle];
    trial.images[middle] = Float.NaN;
    float[] logits = trial.infer(engine, precision);
    trial.images[middle] = ordinary;
    Arrays.fill(expected, classes, 2 * classes, Float.NaN);
    assertArrayEquals(expected, logits, engine.description() + ", " + precision);
  }

  /**
   * A convolution with weights of 1e30 turns 1e20 into infinities of both signs, and the next one
   * adds them to NaN. No input is infinite, so the check of the inputs does not find it.
   */
  @Test
  @EnabledIf("org.nin4j.conformance.Torch#isAvailable")
  void anOverflowBetweenLayersGivesNaN() {
    Trial trial =
        Trial.of(
            Shape.of(1, 1, 4, 4),
            1,
            new Conv2d(1, 16, 1),
            new Conv2d(16, 16, 1),
            new ReLU(),
            new AdaptiveAvgPool2d(1));
    float[] weights = trial.weights.values(0);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 2 == 0 ? 1e30f : -1e30f;
    }
    Arrays.fill(trial.weights.values(2), 1);
    Arrays.fill(trial.images, 1e20f);
    for (double logit :
        Torch.scoped(
            () ->
                new TorchTrial(trial, ScalarType.Float, TorchTrial.Perturbation.NONE)
                    .outputs()
                    .arrays()
                    .get(Outputs.INFERENCE))) {
      assertTrue(Double.isNaN(logit));
    }
    for (float logit : trial.infer(Engines.reference(), Precision.FP32)) {
      assertTrue(Float.isNaN(logit));
    }
    float[] oneDnn = trial.infer(Engines.oneDnn(), Precision.FP32);
    Report.section(
        47,
        "Overflow between layers",
        """
        Where finite images and weights overflow between layers, so that infinities of both signs are
        added, PyTorch and the reference engine return NaN. oneDNN's engine does not detect it: its
        ReLU turns the NaN into 0. In this run its first logit was %s.
        """
            .formatted(oneDnn[0]));
  }
}
