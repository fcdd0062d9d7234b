package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.Engines;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.Trial;
import org.nin4j.interchange.onnx.OnnxExporter;
import org.nin4j.io.Model;
import org.nin4j.nn.Networks;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.quantize.Quantizer;

/**
 * An exported quantized model computes the same integers. They are compared layer by layer, each
 * time from the same input: an activation at a tie may be rounded either way, and then all that
 * follows differs a little.
 *
 * <p>ONNX Runtime computes here what the file says, without optimizations. With them it also rounds
 * the bias, and its products of integers are wrong on some processors (1.23.2 with AMX).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnnxIntegersTest {
  private static final int CALIBRATION_IMAGES = 2;

  /**
   * How far from a tie a number may be, in steps, that ONNX Runtime rounds to the other side. Its
   * sums are in single precision: of some 1,000 terms that are 100 steps each, at random off by
   * 2^-24 sqrt(1000) of that, which is 2e-4 steps.
   */
  private static final double TIE = 1e-3;

  /** Relative to the largest logit: roundings of the last layer and of a mean, in floats. */
  private static final double ROUNDINGS = 1e-5;

  private final StringBuilder rows = new StringBuilder();

  @AfterAll
  void report() {
    Report.section(
        42,
        "Exported quantized presets",
        """
        Every preset, quantized and exported in QDQ form. From the same input, ONNX Runtime without
        optimizations computes the same integers for the next layer, but for numbers at a tie (less
        than %.0e of a step off), which may be rounded either way. The logits are those of the whole
        network, with all such differences.

        | network | integers | other side of a tie | furthest from a tie, steps | logits differ by | largest logit |
        |---|---|---|---|---|---|
        %s
        """
            .formatted(TIE, rows));
  }

  @ParameterizedTest
  @EnumSource(Networks.class)
  void anExportedQuantizedPresetComputesTheSameIntegers(Networks preset) throws IOException {
    Trial trial = OnnxPresets.trial(preset);
    NoiseImages noise = new NoiseImages(trial.network.input().channels());
    Model model =
        new Quantizer(Engines.reference(), noise, CALIBRATION_IMAGES, 1)
            .quantize(OnnxPresets.model(trial));
    byte[] file = OnnxExporter.of(model).toByteArray();
    Map<String, byte[]> integers =
        OnnxRuntime.integers(file, trial.images, trial.network.input(), trial.count);
    LayerSteps steps = new LayerSteps(model, trial.count);
    Ties ties = new Ties();
    float[] values = trial.images;
    for (PlacedLayer layer : steps.layers()) {
      QuantizationParameters input = model.quantization().layer(layer.path()).input();
      byte[] theirs = integers.get(layer.path() + ".input_quantized");
      ties.compare(layer, values, input, theirs);
      values = steps.run(layer, dequantized(theirs, input));
    }
    double[] logits =
        OnnxRuntime.infer(file, trial.images, trial.network.input(), trial.count, OptLevel.NO_OPT);
    assertEquals(values.length, logits.length);
    double largest = Arrays.stream(logits).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], logits[i], ROUNDINGS * largest);
    }
    double difference = difference(steps.run(trial.images), logits);
    rows.append(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %d | %.1e | %.1e | %.2f |%n",
            preset.presetName(),
            ties.integers,
            ties.differing,
            ties.furthest,
            difference,
            largest));
    assertTrue(ties.differing > 0 || difference <= ROUNDINGS * largest, "without a tie");
    double[] optimized =
        OnnxRuntime.infer(file, trial.images, trial.network.input(), trial.count, OptLevel.ALL_OPT);
    assertTrue(Arrays.stream(optimized).allMatch(Double::isFinite));
  }

  private static float[] dequantized(byte[] integers, QuantizationParameters parameters) {
    float[] values = new float[integers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters.scale() * ((integers[i] & 0xFF) - parameters.zeroPoint());
    }
    return values;
  }

  private static double difference(float[] ours, double[] theirs) {
    double largest = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
    }
    return largest;
  }

  /** Integers that differ. */
  private static final class Ties {
    private int integers;
    private int differing;
    private double furthest; // from a tie, in steps

    void compare(
        PlacedLayer layer, float[] values, QuantizationParameters parameters, byte[] theirs) {
      assertEquals(values.length, theirs.length);
      integers += theirs.length;
      for (int i = 0; i < theirs.length; i++) {
        double steps = (double) values[i] / parameters.scale() + parameters.zeroPoint();
        double ours = Math.max(0, Math.min(255, Math.rint(steps)));
        int other = theirs[i] & 0xFF;
        if (ours != other) {
          differing++;
          double distance = Math.abs(steps - (ours + other) / 2);
          furthest = Math.max(furthest, distance);
          String message = layer + ": " + other + " for " + steps;
          assertEquals(1, Math.abs(ours - other), message);
          assertTrue(distance < TIE, message);
        }
      }
    }
  }
}
