package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * Geometries in which oneDNN 3.11 itself computes wrong numbers, and which the engine therefore
 * goes around.
 */
class OneDnnDefectsTest {
  /**
   * Sums of up to 1,000 products of numbers of about 1, normed by the fan-in, in the unit roundoff
   * of each precision.
   */
  private static final float FP32_TOLERANCE = 1e-5f;

  private static final float BF16_TOLERANCE = 0.05f;

  private final Engine reference = new ReferenceEngine();
  private final Engine oneDnn = new OneDnnEngine();

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
    try (TrainingPlan plan =
        oneDnn.compileTraining(
            trial.network, trial.batch, Precision.BF16, Gradients.OF_PARAMETERS)) {
      float[] logits = new float[trial.logitsGradient.length];
      plan.forward(trial.weights.copy(), trial.images, trial.count, trial.masks, logits);
      plan.backward(trial.logitsGradient, gradients);
    }
    assertArrayEquals(expected, gradients.values(0), BF16_TOLERANCE);
  }

  private void assertForwardInBf16(Trial trial) {
    float[] logits = new float[trial.logitsGradient.length];
    try (InferencePlan plan = oneDnn.compileInference(trial.network, trial.batch, Precision.BF16)) {
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
