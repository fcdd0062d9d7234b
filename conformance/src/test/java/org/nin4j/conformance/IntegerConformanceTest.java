package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Trial;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/** Layers in 8-bit integers compute the exact sums. */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class IntegerConformanceTest {
  private static final int LAYERS = Integer.getInteger("sweep");

  /**
   * The sum of integers is exact; its conversion to float, the two scales and the bias round once
   * each, by at most 2^-24 of what they round.
   */
  private static final double ROUNDINGS = 4 * 0x1p-24;

  @Test
  void sumsOfIntegersAreExact() {
    List<Engine> engines = new ArrayList<>(List.of(Engines.reference()));
    Engine oneDnn = Engines.oneDnn();
    if (oneDnn.supports(Precision.INT8)) {
      engines.add(oneDnn);
    }
    List<String> failures = new ArrayList<>();
    double worst = 0;
    int cases = 0;
    for (long seed = 0; seed < LAYERS; seed++) {
      LayerCase each = LayerCases.draw(seed);
      Trial trial = each.trial();
      if (each.behindIdentity() || Quantization.quantizable(trial.network).isEmpty()) {
        continue;
      }
      cases++;
      QuantizedLayer integers = integers(trial, seed);
      double[] expected = exact(trial);
      float bias = largestBias(trial);
      for (Engine engine : engines) {
        float[] actual = infer(engine, trial, integers);
        for (int i = 0; i < expected.length; i++) {
          double tolerance = ROUNDINGS * (Math.abs(expected[i]) + 2 * bias) + Float.MIN_NORMAL;
          double ratio = Math.abs(actual[i] - expected[i]) / tolerance;
          worst = Math.max(worst, ratio);
          if (!(ratio <= 1)) {
            failures.add(
                engine.description() + ": " + actual[i] + " for " + expected[i] + " in " + each);
            break;
          }
        }
      }
    }
    Report.section(
        12,
        "Integers",
        """
        %,d of the single layers above (Conv2d and Linear) in int8: activations signed and
        unsigned, weights with a scale for each output channel, compared with PyTorch in double
        precision on the dequantized numbers. The sums of integers must be exact; conversion to
        float, scales and bias may round. Worst error: %.2f of the tolerance for these roundings.
        """
            .formatted(cases, worst));
    assertTrue(
        failures.isEmpty(), () -> failures.size() + " cases:\n" + String.join("\n", failures));
  }

  @Test
  void quantizationParametersRoundAsPyTorchDoes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int zeroPoint : new int[] {0, 128}) {
      float scale = (float) (0.001 + random.nextDouble());
      QuantizationParameters parameters = new QuantizationParameters(scale, zeroPoint);
      float[] values = new float[1000];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (scale * (400 * random.nextDouble() - 50 - zeroPoint));
      }
      double[] expected =
          Torch.scoped(
              () -> {
                Tensor single =
                    Torch.tensor(values, Shape.of(1, values.length)).to(ScalarType.Float);
                return Torch.values(
                    torch.fake_quantize_per_tensor_affine(single, scale, zeroPoint, 0, 255));
              });
      for (int i = 0; i < values.length; i++) {
        assertEquals(expected[i], parameters.round(values[i]), 1e-5 * scale * 255);
      }
    }
  }

  /**
   * Rounds images and weights to numbers that a random quantization represents exactly. Scales are
   * powers of two, so that these numbers and their products are exact.
   */
  private static QuantizedLayer integers(Trial trial, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PlacedLayer placed = Quantization.quantizable(trial.network).get(0);
    boolean signed = random.nextBoolean();
    float step = Math.scalb(1f, -9 + random.nextInt(3));
    QuantizationParameters input = new QuantizationParameters(step, signed ? 128 : 0);
    for (int i = 0; i < trial.images.length; i++) {
      trial.images[i] = input.round(trial.images[i]);
    }
    List<Float> scales = new ArrayList<>();
    for (int i = 0; i < placed.layer().parameters().get(0).shape().dim(0); i++) {
      scales.add(Math.scalb(1f, -11 + random.nextInt(5)));
    }
    QuantizedLayer layer = new QuantizedLayer(input, scales);
    layer.round(trial.weights.values(placed.path() + ".weight"));
    return layer;
  }

  private static double[] exact(Trial trial) {
    return Torch.scoped(
            () -> new TorchTrial(trial, ScalarType.Double, TorchTrial.Perturbation.NONE).outputs())
        .arrays()
        .get(Outputs.INFERENCE);
  }

  private static float largestBias(Trial trial) {
    float largest = 0;
    for (int i = 0; i < trial.weights.count(); i++) {
      if (trial.weights.parameters().get(i).name().endsWith("bias")) {
        for (float value : trial.weights.values(i)) {
          largest = Math.max(largest, Math.abs(value));
        }
      }
    }
    return largest;
  }

  private static float[] infer(Engine engine, Trial trial, QuantizedLayer integers) {
    String path = Quantization.quantizable(trial.network).get(0).path();
    float[] logits = new float[trial.count * trial.network.classes()];
    try (OwnWeights plan =
        OwnWeights.compile(
            engine,
            PlanSpec.of(
                trial.network,
                trial.batch,
                Precision.INT8,
                new Quantization(Map.of(path, integers))))) {
      plan.load(trial.weights);
      plan.run(trial.images, trial.count, logits);
    }
    return logits;
  }
}
