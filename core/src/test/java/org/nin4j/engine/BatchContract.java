package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** Batches of any size up to the plan's, what a plan writes, and that it does so again. */
interface BatchContract {
  float ROUNDING = 1e-5f;

  Engine engine();

  private static Network everyKind() {
    return new Network(
        "every kind",
        Shape.of(1, 3, 7, 6),
        new Sequential(
            new Conv2d(3, 5, 3, 1, 1),
            new BatchNorm2d(5),
            new ReLU(),
            new MaxPool2d(2, 2),
            new Dropout(0.5f),
            new Conv2d(5, 4, 2),
            new AdaptiveAvgPool2d(1),
            new Flatten(),
            new Linear(4, 4),
            new Dropout(0.25f)));
  }

  private WholeBatch trainingPlan(Trial trial) {
    return WholeBatch.compile(
        engine(), trial.network, trial.batch, Precision.FP32, Gradients.OF_PARAMETERS);
  }

  private static void assertNear(Outcome expected, Outcome actual) {
    assertArrayEquals(expected.logits, actual.logits, ROUNDING);
    assertArrayEquals(expected.inferenceLogits, actual.inferenceLogits, ROUNDING);
    assertArrayEquals(expected.imagesGradient, actual.imagesGradient, ROUNDING);
    assertArrayEquals(expected.inferenceImagesGradient, actual.inferenceImagesGradient, ROUNDING);
    for (int i = 0; i < expected.gradients.count(); i++) {
      assertArrayEquals(expected.gradients.values(i), actual.gradients.values(i), 10 * ROUNDING);
      assertArrayEquals(expected.weightsAfter.values(i), actual.weightsAfter.values(i), ROUNDING);
    }
  }

  @Test
  default void aBatchSmallerThanThePlansIsLikeAPlanOfThatSize() {
    Trial exact = new Trial(everyKind(), 3, 3, 5);
    Trial smaller = new Trial(everyKind(), 3, 8, 5);
    assertNear(exact.run(engine()), smaller.run(engine()));
  }

  @Test
  default void aSmallBatchAfterALargeOneIsNotMixedWithIt() {
    Trial large = new Trial(everyKind(), 4, 4, 5);
    Trial small = new Trial(everyKind(), 2, 4, 6);
    Weights gradients = Weights.zeros(small.network);
    float[] logits = new float[small.logitsGradient.length];
    try (WholeBatch plan = trainingPlan(large)) {
      plan.forward(large.weights.copy(), large.images, 4, large.masks, new float[16]);
      plan.backward(large.logitsGradient, Weights.zeros(large.network));
      plan.forward(small.weights.copy(), small.images, 2, small.masks, logits);
      plan.backward(small.logitsGradient, gradients);
    }
    Outcome expected = small.run(engine());
    assertArrayEquals(expected.logits, logits, ROUNDING);
    for (int i = 0; i < gradients.count(); i++) {
      assertArrayEquals(expected.gradients.values(i), gradients.values(i), 10 * ROUNDING);
    }
  }

  @Test
  default void inInferenceAnImageDoesNotDependOnItsNeighbours() {
    Trial trial = new Trial(everyKind(), 3, 3, 5);
    float[] together = trial.infer(engine());
    float[] alone = new float[4];
    int values = trial.images.length / 3;
    try (OwnWeights plan = OwnWeights.compile(engine(), trial.network, 3, Precision.FP32)) {
      plan.load(trial.weights);
      for (int n = 0; n < 3; n++) {
        plan.run(Arrays.copyOfRange(trial.images, n * values, (n + 1) * values), 1, alone);
        assertArrayEquals(Arrays.copyOfRange(together, n * 4, n * 4 + 4), alone, ROUNDING);
      }
    }
  }

  @Test
  default void thePartsOfLongerArraysBehindTheBatchAreLeftAlone() {
    Trial trial = new Trial(everyKind(), 2, 4, 5);
    float[] images = Arrays.copyOf(trial.images, trial.images.length + 9);
    float[] logits = new float[4 * 4];
    Arrays.fill(images, trial.images.length, images.length, Float.NaN);
    Arrays.fill(logits, 99);
    try (OwnWeights plan = OwnWeights.compile(engine(), trial.network, 4, Precision.FP32)) {
      plan.load(trial.weights);
      plan.run(images, 2, logits);
    }
    assertArrayEquals(trial.infer(engine()), Arrays.copyOf(logits, 8), ROUNDING);
    assertArrayEquals(
        new float[] {99, 99, 99, 99, 99, 99, 99, 99}, Arrays.copyOfRange(logits, 8, 16));
  }

  @Test
  default void gradientsAreOverwrittenAndNothingElseIs() {
    Trial trial = new Trial(everyKind(), 2, 2, 5);
    Weights gradients = Weights.zeros(trial.network);
    for (int i = 0; i < gradients.count(); i++) {
      Arrays.fill(gradients.values(i), 7);
    }
    Weights weights = trial.weights.copy();
    float[] images = trial.images.clone();
    float[] logitsGradient = trial.logitsGradient.clone();
    try (WholeBatch plan = trainingPlan(trial)) {
      plan.forward(weights, images, 2, trial.masks, new float[8]);
      plan.backward(logitsGradient, gradients);
    }
    Outcome expected = trial.run(engine());
    for (int i = 0; i < gradients.count(); i++) {
      float[] seven = new float[gradients.values(i).length];
      Arrays.fill(seven, 7);
      boolean trainable = gradients.parameters().get(i).trainable();
      assertArrayEquals(
          trainable ? expected.gradients.values(i) : seven, gradients.values(i), ROUNDING);
      if (trainable) {
        assertArrayEquals(trial.weights.values(i), weights.values(i), 0);
      }
    }
    assertArrayEquals(trial.images, images, 0);
    assertArrayEquals(trial.logitsGradient, logitsGradient, 0);
  }

  @Test
  default void masksAreAskedForLayerByLayerAndImageByImage() {
    Trial trial = new Trial(everyKind(), 2, 4, 5);
    List<String> asked = new ArrayList<>();
    try (WholeBatch plan = trainingPlan(trial)) {
      DropoutMasks masks =
          (layer, p, image, mask, offset, length) -> {
            asked.add(layer + " " + p + " " + image + " " + length);
            Arrays.fill(mask, offset, offset + length, 1);
          };
      plan.forward(trial.weights.copy(), trial.images, 2, masks, new float[8]);
    }
    // 5 * 3 * 3 and 4 values of each image
    assertEquals(List.of("0 0.5 0 45", "0 0.5 1 45", "1 0.25 0 4", "1 0.25 1 4"), asked);
  }

  @Test
  default void theSameStepGivesTheSameBits() {
    Trial trial = new Trial(everyKind(), 4, 4, 5);
    Outcome first = trial.run(engine());
    assertTrue(first.sameBits(trial.run(engine())));
    Weights gradients = Weights.zeros(trial.network);
    float[] imagesGradient = new float[trial.images.length];
    try (WholeBatch plan =
        WholeBatch.compile(
            engine(), trial.network, 4, Precision.FP32, Gradients.OF_PARAMETERS_AND_INPUT)) {
      for (int step = 0; step < 3; step++) {
        float[] logits = new float[16];
        plan.forward(trial.weights.copy(), trial.images, 4, trial.masks, logits);
        plan.backward(trial.logitsGradient, gradients);
        plan.inputGradient(imagesGradient);
        assertArrayEquals(first.logits, logits);
        assertArrayEquals(first.imagesGradient, imagesGradient);
        assertTrue(sameBits(first.gradients, gradients));
      }
    }
  }
}
