package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Layer;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * What oneDNN 3.11 itself computes wrong on some processors comes out right all the same: {@code
 * docs/onednn-defects.md} lists it.
 */
class OneDnnDefectsTest {
  /**
   * Sums of up to 1,000 products of numbers of about 1, normed by the fan-in, in the unit roundoff
   * of each precision.
   */
  private static final float FP32_TOLERANCE = 1e-5f;

  private static final float BF16_TOLERANCE = 0.05f;

  private final Engine reference = Engines.reference();
  private final Engine oneDnn = Engines.oneDnn();

  /** A reminder: with a new version, see which of the defects are left. */
  @Test
  void theDefectsAreThoseOfThisVersion() {
    assertTrue(
        oneDnn.description().startsWith("oneDNN 3.11.0 "),
        "oneDNN was changed: see which entries of docs/onednn-defects.md still hold, delete what was"
            + " done about the others, and make the tables of verified primitives again");
  }

  /** Of these three all implementations by BRGEMM are wrong on AVX-512 without AMX. */
  @Test
  void anImageOfOneChannelWithPaddingInInt8() {
    assumeTrue(oneDnn.supports(Precision.INT8));
    Size2d one = Size2d.of(1);
    assertInferenceInInt8(Trial.of(Shape.of(1, 1, 9, 11), 3, conv(1, 49, Size2d.of(9), one, 0, 7)));
    assertInferenceInInt8(Trial.of(Shape.of(1, 1, 30, 1), 3, conv(1, 48, Size2d.of(9), one, 0, 6)));
    assertInferenceInInt8(
        Trial.of(Shape.of(1, 1, 10, 35), 3, conv(1, 8, new Size2d(10, 6), Size2d.of(4), 0, 2)));
  }

  private void assertInferenceInInt8(Trial trial) {
    for (int zeroPoint : new int[] {0, 128}) {
      Map<String, QuantizedLayer> layers = new HashMap<>();
      for (PlacedLayer placed : Quantization.quantizable(trial.network)) {
        int channels = placed.layer().parameters().get(0).shape().dim(0);
        layers.put(
            placed.path(),
            new QuantizedLayer(
                new QuantizationParameters(0x1p-7f, zeroPoint),
                Collections.nCopies(channels, 0x1p-8f)));
      }
      Quantization quantization = new Quantization(layers);
      assertArrayEquals(
          infer(reference, trial, quantization),
          infer(oneDnn, trial, quantization),
          FP32_TOLERANCE);
    }
  }

  private static float[] infer(Engine engine, Trial trial, Quantization quantization) {
    float[] logits = new float[trial.logitsGradient.length];
    try (OwnWeights plan =
        OwnWeights.compile(
            engine, PlanSpec.of(trial.network, trial.batch, Precision.INT8, quantization))) {
      plan.load(trial.weights);
      plan.run(trial.images, trial.count, logits);
    }
    return logits;
  }

  @Test
  void anOutputOfOneColumnFromAStrideAboveOne() {
    Trial trial =
        Trial.of(Shape.of(1, 1, 3, 4), 4, conv(1, 16, Size2d.of(5), new Size2d(1, 2), 2, 1));
    Outcome expected = trial.run(reference);
    Outcome actual = trial.run(oneDnn);
    assertArrayEquals(expected.inferenceLogits, actual.inferenceLogits, FP32_TOLERANCE);
    assertArrayEquals(expected.logits, actual.logits, FP32_TOLERANCE);
  }

  @Test
  void anOutputOfOneColumnFromAStrideAboveOneInBf16() {
    assumeTrue(oneDnn.supports(Precision.BF16));
    assertForwardInBf16(
        Trial.of(Shape.of(1, 16, 7, 3), 3, conv(16, 16, new Size2d(4, 2), new Size2d(2, 2), 3, 0)));
  }

  @Test
  void aStrideBeyondTheKernelInBf16() {
    assumeTrue(oneDnn.supports(Precision.BF16));
    assertForwardInBf16(
        Trial.of(Shape.of(1, 32, 67, 4), 1, conv(32, 48, Size2d.of(1), new Size2d(3, 1), 0, 1)));
  }

  @Test
  void aRowOfTheKernelAsOneSumOf64TermsInBf16() {
    assumeTrue(oneDnn.supports(Precision.BF16));
    assertForwardInBf16(
        Trial.of(Shape.of(1, 8, 1, 2), 1, conv(8, 2, new Size2d(1, 8), Size2d.of(1), 0, 5)));
    assertForwardInBf16(
        Trial.of(
            Shape.of(1, 12, 3, 29), 2, conv(12, 23, new Size2d(2, 24), new Size2d(1, 3), 0, 20)));
  }

  @Test
  void fourColumnsFoldedIntoTheChannelsInBf16() {
    assumeTrue(oneDnn.supports(Precision.BF16));
    assertForwardInBf16(
        Trial.of(Shape.of(1, 16, 3, 28), 1, conv(16, 8, new Size2d(2, 4), new Size2d(2, 4), 1, 0)));
    assertForwardInBf16(
        Trial.of(
            Shape.of(1, 24, 2, 24), 1, conv(24, 9, new Size2d(2, 12), new Size2d(1, 8), 0, 0)));
  }

  /** A sum of 36 numbers is to be rounded to bf16 once, and not at each addition. */
  @Test
  void gradientsOfOverlappingMeansInBf16() {
    assumeTrue(oneDnn.supports(Precision.BF16));
    Trial trial =
        behindAnIdentity(
            Shape.of(1, 16, 12, 12),
            new AvgPool2d(Size2d.of(6), Size2d.of(1), Size2d.of(0), false, true));
    float[] gradient = new float[trial.logitsGradient.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = i % 11 + 1;
    }
    trial.withLogitsGradient(gradient);
    float[] expected = trial.run(reference).imagesGradient;
    float[] actual = trial.run(oneDnn, Precision.BF16).imagesGradient;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], expected[i] * 0x1p-8f);
    }
  }

  /** 1 / 0.3 is not a number of bf16; only the product is to be rounded to one. */
  @Test
  void keptValuesAreScaledInFullPrecisionInBf16() {
    assumeTrue(oneDnn.supports(Precision.BF16));
    Trial trial = behindAnIdentity(Shape.of(1, 1, 16, 8), new Dropout(0.7f));
    float[] images = new float[128];
    for (int i = 0; i < images.length; i++) {
      images[i] = 1 + i / 128f;
    }
    trial.withImages(images);
    float[] logits = trial.run(oneDnn, Precision.BF16).logits;
    for (int i = 0; i < images.length; i++) {
      assertEquals(logits[i] == 0 ? 0 : toBf16(images[i] * (1 / (1 - 0.7f))), logits[i]);
    }
  }

  private static Trial behindAnIdentity(Shape input, Layer layer) {
    int channels = input.channels();
    Size2d one = Size2d.of(1);
    Conv2d identity = new Conv2d(channels, channels, one, one, Size2d.of(0), false);
    float[] weight = new float[channels * channels];
    for (int c = 0; c < channels; c++) {
      weight[c * channels + c] = 1;
    }
    return Trial.of(input, 1, identity, layer).with("0.0.weight", weight);
  }

  /** Rounds to 8 significant bits, from half way to the even one. */
  private static float toBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat((bits + 0x7FFF + (bits >>> 16 & 1)) & 0xFFFF0000);
  }

  @Test
  void windowsThatLieInThePaddingAltogether() {
    Trial trial =
        Trial.of(Shape.of(1, 16, 5, 5), 2, conv(16, 16, new Size2d(3, 1), Size2d.of(1), 1, 3));
    assertArrayEquals(
        trial.run(reference).inferenceLogits, trial.run(oneDnn).inferenceLogits, FP32_TOLERANCE);
  }

  @Test
  void gradientsOfWeightsOverAnImageNarrowerThanTheStrideInBf16() {
    assumeTrue(oneDnn.supports(Precision.BF16));
    Trial trial =
        Trial.of(Shape.of(1, 16, 7, 1), 3, conv(16, 32, new Size2d(3, 7), new Size2d(1, 2), 0, 3));
    float[] expected = trial.run(reference).gradients.values(0);
    Weights gradients = Weights.zeros(trial.network);
    try (WholeBatch plan =
        WholeBatch.compile(
            oneDnn, trial.network, trial.batch, Precision.BF16, Gradients.OF_PARAMETERS)) {
      float[] logits = new float[trial.logitsGradient.length];
      plan.forward(trial.weights.copy(), trial.images, trial.count, trial.masks, logits);
      plan.backward(trial.logitsGradient, gradients);
    }
    assertArrayEquals(expected, gradients.values(0), BF16_TOLERANCE);
  }

  private void assertForwardInBf16(Trial trial) {
    float[] logits = new float[trial.logitsGradient.length];
    try (OwnWeights plan = OwnWeights.compile(oneDnn, trial.network, trial.batch, Precision.BF16)) {
      plan.load(trial.weights);
      plan.run(trial.images, trial.count, logits);
    }
    assertArrayEquals(trial.run(reference).inferenceLogits, logits, BF16_TOLERANCE);
  }

  private static Conv2d conv(
      int in, int out, Size2d kernel, Size2d stride, int paddingHeight, int paddingWidth) {
    return new Conv2d(in, out, kernel, stride, new Size2d(paddingHeight, paddingWidth), true);
  }
}
