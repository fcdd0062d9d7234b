package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Engines;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * Both engines keep numbers below 2^-126, which a processor can be set to flush to zero, as PyTorch
 * does: denormal images, denormal weights, and small images and weights whose products are
 * denormal. Such a number is rounded to a multiple of 2^-149.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DenormalsTest {
  private static final double STEP = 0x1p-149;

  /** Sums here have up to 300 terms, each of which is rounded to a step. */
  private static final int TERMS = 300;

  /** A tolerance must be smaller than the values by this factor, or a flushed value would pass. */
  private static final double CLEARLY_KEPT = 0.1;

  private final ErrorTable errors = new ErrorTable();

  static List<List<Layer>> layers() {
    return SpecialValuesTest.layers().toList();
  }

  static List<List<Layer>> layersWithWeights() {
    return SpecialValuesTest.layers()
        .filter(layers -> !new Sequential(layers).parameters().isEmpty())
        .toList();
  }

  @AfterAll
  void report() {
    Report.section(46, "Denormals", errors.table("forward, images and weights of about"));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void denormalImages(List<Layer> layers) {
    check("1e-39 and 1", trial(layers, 1e-39f, 1));
  }

  @ParameterizedTest
  @MethodSource("layersWithWeights")
  void denormalWeights(List<Layer> layers) {
    check("1 and 1e-39", trial(layers, 1, 1e-39f));
  }

  @ParameterizedTest
  @MethodSource("layersWithWeights")
  void denormalProducts(List<Layer> layers) {
    check("1e-20 and 1e-20", trial(layers, 1e-20f, 1e-20f));
  }

  /** Biases and means are zero: they would hide such small values. */
  private static Trial trial(List<Layer> layers, float imageScale, float weightScale) {
    Trial trial = new LayerCase(3, Shape.of(1, 4, 7, 7), 3, layers, Precision.FP32, false).trial();
    scale(trial.images, imageScale);
    for (int i = 0; i < trial.weights.count(); i++) {
      Parameter parameter = trial.weights.parameters().get(i);
      if (parameter.name().endsWith("weight")) {
        scale(trial.weights.values(i), weightScale);
      } else if (!parameter.name().endsWith("var")) {
        Arrays.fill(trial.weights.values(i), 0);
      }
    }
    return trial;
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private void check(String row, Trial trial) {
    TorchOutputs torch =
        Torch.scoped(
            () -> {
              TorchTrial wide =
                  new TorchTrial(trial, ScalarType.Double, TorchTrial.Perturbation.NONE);
              TorchTrial single =
                  new TorchTrial(trial, ScalarType.Float, TorchTrial.Perturbation.NONE);
              return new TorchOutputs(
                  wide.outputs(),
                  single.outputs(),
                  Map.of(
                      Outputs.LOGITS, tolerance(wide.training, true),
                      Outputs.INFERENCE, tolerance(wide.inference, false)));
            });
    Map<String, Outputs> outputs = new LinkedHashMap<>();
    outputs.put(
        TorchComparison.ONEDNN, Outputs.of(trial, trial.run(Engines.oneDnn(), Precision.FP32)));
    outputs.put(
        TorchComparison.REFERENCE,
        Outputs.of(trial, trial.run(Engines.reference(), Precision.FP32)));
    outputs.put(TorchComparison.PYTORCH, torch.single());
    for (String array : List.of(Outputs.LOGITS, Outputs.INFERENCE)) {
      double[] right = torch.expected().arrays().get(array);
      double tolerance = torch.tolerances().get(array);
      double largest = Arrays.stream(right).map(Math::abs).max().orElseThrow();
      assertTrue(
          tolerance < CLEARLY_KEPT * largest,
          "tolerance " + tolerance + " for values up to " + largest);
      outputs.forEach(
          (implementation, output) -> {
            double[] values = output.arrays().get(array);
            double error =
                IntStream.range(0, right.length)
                    .mapToDouble(i -> Math.abs(values[i] - right[i]))
                    .max()
                    .orElseThrow();
            errors.check(
                row + ", " + implementation,
                error,
                tolerance,
                () -> array + " of " + trial.network.layers());
          });
    }
  }

  /** PyTorch in double and in single precision, and the tolerances. */
  private record TorchOutputs(Outputs expected, Outputs single, Map<String, Double> tolerances) {}

  /**
   * Layer by layer: the error so far times the gain of the layer, the layer's own rounding, and the
   * rounding to steps.
   */
  private static double tolerance(List<TorchLeaf> leaves, boolean training) {
    double error = 0;
    for (TorchLeaf leaf : leaves) {
      double gain = gain(leaf, training);
      double[] rounding =
          training
              ? Rounding.inTraining(leaf, Precision.FP32).get(Outputs.LOGITS)
              : Rounding.inInference(leaf, Precision.FP32).get(Outputs.INFERENCE);
      double own = Arrays.stream(rounding).max().orElseThrow();
      error = gain * error + own + TERMS * STEP * (1 + inside(leaf, gain));
    }
    return error;
  }

  /** The factor by which an error of the input may grow. */
  private static double gain(TorchLeaf leaf, boolean training) {
    Layer layer = leaf.placed.layer();
    if (layer instanceof Conv2d || layer instanceof Linear) {
      double[] weights = Torch.values(leaf.parameters.get(0));
      int row = weights.length / (int) leaf.parameters.get(0).size(0);
      return IntStream.range(0, weights.length / row)
          .mapToDouble(o -> Arrays.stream(weights, o * row, (o + 1) * row).map(Math::abs).sum())
          .max()
          .orElseThrow();
    }
    if (layer instanceof BatchNorm2d norm) {
      double weight =
          Arrays.stream(Torch.values(leaf.parameters.get(0))).map(Math::abs).max().orElseThrow();
      // a batch of equal values has no variance
      double variance =
          training ? 0 : Arrays.stream(Torch.values(leaf.parameters.get(3))).min().orElseThrow();
      return weight / Math.sqrt(variance + norm.eps());
    }
    return training && layer instanceof Dropout dropout ? 1 / (1 - dropout.p()) : 1;
  }

  /** The rounding to steps before a BatchNorm2d scales is scaled too. */
  private static double inside(TorchLeaf leaf, double gain) {
    return leaf.placed.layer() instanceof BatchNorm2d ? gain : 0;
  }
}
