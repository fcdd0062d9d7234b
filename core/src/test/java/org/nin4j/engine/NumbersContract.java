package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

/** Layers without windows, on examples worked out with pencil and paper. */
interface NumbersContract {
  float ROUNDING = 1e-5f;

  Engine engine();

  // The channel's values 1 3 5 7 have mean 4, biased variance 5, unbiased 20/3; eps 4 makes the
  // divisor 3.
  private static Trial batchNorm() {
    return Trial.of(Shape.of(1, 1, 1, 2), 2, new BatchNorm2d(1, 4f, 0.25f))
        .withImages(1, 3, 5, 7)
        .with("0.0.weight", 1.5f)
        .with("0.0.bias", 0.5f)
        .with("0.0.running_mean", 2)
        .with("0.0.running_var", 5);
  }

  @Test
  default void aReluIsTheLargerOfItsInputAndZero() {
    Trial trial = Trial.of(Shape.of(1, 1, 1, 4), 1, new ReLU()).withImages(-2, 0, 3, -0.5f);
    assertArrayEquals(new float[] {0, 0, 3, 0}, trial.infer(engine()), 0);
  }

  @Test
  default void theGradientOfAReluAtZeroIsZero() {
    Trial trial = Trial.of(Shape.of(1, 1, 1, 3), 1, new ReLU()).withImages(-2, 0, 3);
    trial.withLogitsGradient(5, 6, 7);
    assertArrayEquals(new float[] {0, 0, 7}, trial.run(engine()).imagesGradient, 0);
  }

  // Training: (x - 4) / 3 * 1.5 + 0.5.
  @Test
  default void batchNormInTrainingUsesTheBatchAndItsBiasedVariance() {
    assertArrayEquals(new float[] {-1, 0, 1, 2}, batchNorm().run(engine()).logits, ROUNDING);
  }

  // (x - 2) / sqrt(5 + 4) * 1.5 + 0.5.
  @Test
  default void batchNormInInferenceUsesTheRunningStatistics() {
    assertArrayEquals(new float[] {0, 1, 2, 3}, batchNorm().infer(engine()), ROUNDING);
  }

  // 2 + 0.25 (4 - 2) and 5 + 0.25 (20/3 - 5).
  @Test
  default void batchNormMovesItsRunningStatisticsByTheUnbiasedVariance() {
    Weights after = batchNorm().run(engine()).weightsAfter;
    assertEquals(2.5f, after.values("0.0.running_mean")[0], ROUNDING);
    assertEquals(65 / 12f, after.values("0.0.running_var")[0], ROUNDING);
  }

  // xhat = -1 -1/3 1/3 1, dy = 1 0 0 0: d weight = -1, d bias = 1; dx = 1.5 / 3 (dy - 1/4 -
  // xhat (-1/4)).
  @Test
  default void theGradientOfBatchNormGoesThroughMeanAndVariance() {
    Outcome outcome = batchNorm().withLogitsGradient(1, 0, 0, 0).run(engine());
    assertEquals(-1, outcome.gradients.values("0.0.weight")[0], ROUNDING);
    assertEquals(1, outcome.gradients.values("0.0.bias")[0], ROUNDING);
    assertArrayEquals(new float[] {0.25f, -1 / 6f, -1 / 12f, 0}, outcome.imagesGradient, ROUNDING);
  }

  // Channel 0 holds 1 3, 5 7 (images 0 and 1), channel 1 ten times that plus 100.
  @Test
  default void batchNormNormalisesEachChannelOverAllImages() {
    Trial trial =
        Trial.of(Shape.of(1, 2, 1, 2), 2, new BatchNorm2d(2, 1e-5f, 1f))
            .withImages(1, 3, 110, 130, 5, 7, 150, 170)
            .with("0.0.weight", 1, 1)
            .with("0.0.bias", 0, 0);
    Outcome outcome = trial.run(engine());
    float a = 3 / (float) Math.sqrt(5);
    assertArrayEquals(
        new float[] {-a, -a / 3, -a, -a / 3, a / 3, a, a / 3, a}, outcome.logits, ROUNDING);
    assertArrayEquals(new float[] {4, 140}, outcome.weightsAfter.values("0.0.running_mean"), 1e-4f);
    assertArrayEquals(
        new float[] {20 / 3f, 2000 / 3f},
        outcome.weightsAfter.values("0.0.running_var"),
        1e-3f); // 667 has a rounding of 6e-5
  }

  // Channel 0: (x - 1) / 2 * 3 + 5; channel 1: (x - 10) / 4 * 2 - 6, for eps 1 and variances 3, 15.
  @Test
  default void batchNormInInferenceHasItsOwnNumbersForEachChannel() {
    Trial trial =
        Trial.of(Shape.of(1, 2, 1, 2), 1, new BatchNorm2d(2, 1f, 0.1f))
            .withImages(1, 3, 10, 30)
            .with("0.0.weight", 3, 2)
            .with("0.0.bias", 5, -6)
            .with("0.0.running_mean", 1, 10)
            .with("0.0.running_var", 3, 15);
    assertArrayEquals(new float[] {5, 8, -6, 4}, trial.infer(engine()), ROUNDING);
  }

  // 1*1 + 2*10 + 3*100 + 0.5 and 4*1 + 5*10 + 6*100 - 0.5.
  @Test
  default void aLinearLayerMultipliesByTheRowsOfItsWeight() {
    Trial trial = linear(new Linear(3, 2)).with("0.1.bias", 0.5f, -0.5f);
    assertArrayEquals(new float[] {321.5f, 653.5f}, trial.infer(engine()), ROUNDING);
  }

  @Test
  default void aLinearLayerWithoutBiasAddsNone() {
    assertArrayEquals(
        new float[] {321, 654}, linear(new Linear(3, 2, false)).infer(engine()), ROUNDING);
  }

  private static Trial linear(Layer layer) {
    return Trial.of(Shape.of(1, 1, 1, 3), 1, new Flatten(), layer)
        .withImages(1, 10, 100)
        .with("0.1.weight", 1, 2, 3, 4, 5, 6);
  }

  // Each image has channels (1 2; 3 4) and (5 6; 7 8), plus 10 for the second image. The weight
  // picks the value at index 5: channel 1, row 0, column 1.
  @Test
  default void flattenPutsChannelsBeforeRowsBeforeColumns() {
    float[] images = new float[16];
    for (int i = 0; i < 16; i++) {
      images[i] = i < 8 ? i + 1 : i + 3;
    }
    Trial trial = Trial.of(Shape.of(1, 2, 2, 2), 2, new Flatten(), new Linear(8, 2, false));
    trial.withImages(images).with("0.1.weight", 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    assertArrayEquals(new float[] {6, 2, 16, 12}, trial.infer(engine()), ROUNDING);
  }

  @Test
  default void theDropoutMaskMultipliesValuesAndGradients() {
    Trial trial = Trial.of(Shape.of(1, 1, 1, 4), 2, new Dropout(0.75f));
    float[] mask = new float[8];
    trial.masks.fill(0, 0.75f, 0, mask, 0, 4);
    trial.masks.fill(0, 0.75f, 1, mask, 4, 4);
    Outcome outcome = trial.run(engine());
    for (int i = 0; i < 8; i++) {
      assertEquals(trial.images[i] * mask[i], outcome.logits[i], ROUNDING);
      assertEquals(trial.logitsGradient[i] * mask[i], outcome.imagesGradient[i], ROUNDING);
    }
    assertArrayEquals(trial.images, outcome.inferenceLogits, 0);
  }

  /** A ReLU or a max pool that took it for 0 would make an answer of it. */
  @Test
  default void whatIsNoNumberIsNoAnswer() {
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Trial image = convolutionWithReLUAndMaxPool();
      image.images[20] = odd; // of the second of three images
      float[] inferred = image.infer(engine());
      assertTrue(Float.isFinite(inferred[0]) && Float.isFinite(inferred[4]));
      assertFalse(Float.isFinite(inferred[2]) && Float.isFinite(inferred[3]));
      Trial weights = convolutionWithReLUAndMaxPool();
      Arrays.fill(weights.weights.values(0), odd);
      for (float logit : weights.infer(engine())) {
        assertFalse(Float.isFinite(logit));
      }
    }
    Trial training = convolutionWithReLUAndMaxPool();
    training.images[20] = Float.NaN;
    float[] logits = training.run(engine()).logits;
    assertTrue(Float.isNaN(logits[2]) && Float.isNaN(logits[3]));
  }

  private static Trial convolutionWithReLUAndMaxPool() {
    Trial trial =
        Trial.of(
            Shape.of(1, 1, 4, 4), 3, new Conv2d(1, 2, 3, 1, 1), new ReLU(), new MaxPool2d(4, 4));
    Arrays.fill(trial.weights.values(0), 1);
    Arrays.fill(trial.images, 1);
    return trial;
  }
}
