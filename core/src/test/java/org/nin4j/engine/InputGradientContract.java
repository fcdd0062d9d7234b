package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** Gradient plans: the gradient of the images by layers in inference mode. */
interface InputGradientContract {
  float ROUNDING = 1e-5f;

  Engine engine();

  private static Network everyKind() {
    return new Network(
        "every kind",
        Shape.of(1, 3, 7, 6),
        new Sequential(
            new Sequential(
                new Conv2d(3, 5, 3, 1, 1),
                new BatchNorm2d(5),
                new ReLU(),
                new Conv2d(5, 6, 1),
                new ReLU()),
            new MaxPool2d(2, 2),
            new Dropout(0.5f),
            new Sequential(new Conv2d(6, 4, 2), new Dropout(0.2f), new ReLU()),
            new AdaptiveAvgPool2d(1),
            new Flatten(),
            new Linear(4, 7),
            new ReLU(),
            new Linear(7, 4),
            new Dropout(0.25f)));
  }

  private OwnGradients plan(Trial trial) {
    OwnGradients plan = OwnGradients.compile(engine(), trial.network, trial.batch, Precision.FP32);
    plan.load(trial.weights);
    return plan;
  }

  // (x - 2) / sqrt(5 + 4) * 1.5 + 0.5, and 1.5 / 3 backward, for two images as for one.
  @Test
  default void batchNormIsAnAffineMapAndDropoutDoesNothing() {
    Trial trial =
        Trial.of(Shape.of(1, 1, 1, 2), 2, new BatchNorm2d(1, 4f, 0.25f), new Dropout(0.5f))
            .withImages(1, 3, 5, 7)
            .with("0.0.weight", 1.5f)
            .with("0.0.bias", 0.5f)
            .with("0.0.running_mean", 2)
            .with("0.0.running_var", 5)
            .withLogitsGradient(1, 0, -4, 6);
    float[] logits = new float[4];
    float[] gradient = new float[4];
    try (OwnGradients plan = plan(trial)) {
      plan.forward(trial.images, 2, logits);
      plan.backward(trial.logitsGradient, gradient);
    }
    assertArrayEquals(new float[] {0, 1, 2, 3}, logits, ROUNDING);
    assertArrayEquals(new float[] {0.5f, 0, -2, 3}, gradient, ROUNDING);
  }

  /**
   * The same primitives run when a training step drops nothing and normalises with the running
   * statistics, so the bits are the same.
   */
  @Test
  default void itIsTheGradientOfATrainingStepThatDropsNothingAndHasFrozenBatchNorms() {
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      for (long seed = 0; engine().supports(precision) && seed < 60; seed++) {
        Trial random = RandomNetworks.trial(seed);
        Trial trial = new Trial(random.network, random.count, random.count, seed);
        Set<String> norms = new TreeSet<>();
        for (PlacedLayer placed : trial.network.layers().leaves()) {
          if (placed.layer() instanceof BatchNorm2d) {
            norms.add(placed.path());
          }
        }
        trial.withFrozen(norms.toArray(String[]::new));
        trial.withMasks(
            (layer, p, image, mask, offset, length) ->
                Arrays.fill(mask, offset, offset + length, 1));
        Outcome outcome = trial.run(engine(), precision);
        assertArrayEquals(
            outcome.imagesGradient,
            outcome.inferenceImagesGradient,
            0,
            precision + ", seed " + seed + ": " + trial.network.layers());
      }
    }
  }

  @Test
  default void itsLogitsAreThoseOfInference() {
    Trial trial = new Trial(everyKind(), 3, 4, 5);
    float[] logits = new float[3 * 4];
    try (OwnGradients plan = plan(trial)) {
      plan.forward(trial.images, 3, logits);
    }
    assertArrayEquals(trial.infer(engine()), logits, ROUNDING);
  }

  @Test
  default void anImageDoesNotDependOnItsNeighboursOrOnEarlierRuns() {
    Trial trial = new Trial(everyKind(), 3, 3, 5);
    int values = trial.images.length / 3;
    float[] together = trial.differentiate(engine(), Precision.FP32);
    float[] alone = new float[values];
    try (OwnGradients plan = plan(trial)) {
      for (int n = 0; n < 3; n++) {
        plan.plan().forward(trial.images, n * values, 1, new float[4], 0);
        plan.plan().backward(trial.logitsGradient, n * 4, alone, 0);
        assertArrayEquals(
            Arrays.copyOfRange(together, n * values, (n + 1) * values), alone, ROUNDING);
      }
    }
  }

  @Test
  default void onlyTheGivenPartsOfTheArraysAreReadAndWritten() {
    Trial trial = new Trial(everyKind(), 2, 4, 5);
    int values = trial.images.length;
    float[] images = moved(trial.images, Float.NaN);
    float[] logits = new float[3 + 8 + 3];
    float[] gradient = moved(new float[values], 99);
    float[] expected = moved(trial.differentiate(engine(), Precision.FP32), 99);
    Arrays.fill(logits, 99);
    try (OwnGradients plan = plan(trial)) {
      plan.plan().forward(images, 3, 2, logits, 3);
      plan.plan().backward(moved(trial.logitsGradient, Float.NaN), 3, gradient, 3);
    }
    assertArrayEquals(moved(trial.infer(engine()), 99), logits, ROUNDING);
    assertArrayEquals(expected, gradient, ROUNDING);
  }

  /** With three values before and behind. */
  private static float[] moved(float[] values, float around) {
    float[] moved = new float[values.length + 6];
    Arrays.fill(moved, around);
    System.arraycopy(values, 0, moved, 3, values.length);
    return moved;
  }

  @Test
  default void theGradientOfALogitBehindAClosedReluIsZero() {
    Trial trial =
        Trial.of(Shape.of(1, 1, 1, 2), 1, new Conv2d(1, 1, 1), new ReLU())
            .withImages(-1, 2)
            .with("0.0.weight", 3)
            .with("0.0.bias", 0)
            .withLogitsGradient(5, 7);
    float[] gradient = trial.differentiate(engine(), Precision.FP32);
    assertArrayEquals(new float[] {0, 21}, gradient, ROUNDING);
  }

  /**
   * d logits / d images = d logits / d output * d output / d images, for the output of each layer.
   */
  @Test
  default void theGradientOfAPartBehindAnyLayerGoesOnThroughThePartBeforeIt() {
    Trial trial = new Trial(everyKind(), 3, 3, 5);
    float[] logits = trial.infer(engine());
    float[] gradient = trial.differentiate(engine(), Precision.FP32);
    for (PlacedLayer placed : trial.network.layers().leaves()) {
      Network head = trial.network.upTo(placed.path());
      Network tail = trial.network.after(placed.path());
      float[] output = new float[3 * head.classes()];
      float[] outputGradient = new float[output.length];
      float[] ownLogits = new float[logits.length];
      float[] ownGradient = new float[gradient.length];
      try (OwnGradients before = OwnGradients.compile(engine(), head, 3, Precision.FP32);
          OwnGradients behind = OwnGradients.compile(engine(), tail, 3, Precision.FP32)) {
        before.load(trial.weights.first(head));
        behind.load(trial.weights.last(tail));
        before.forward(trial.images, 3, output);
        behind.forward(output, 3, ownLogits);
        behind.backward(trial.logitsGradient, outputGradient);
        before.backward(outputGradient, ownGradient);
      }
      assertArrayEquals(logits, ownLogits, ROUNDING, "after " + placed.path());
      assertArrayEquals(gradient, ownGradient, ROUNDING, "after " + placed.path());
    }
  }

  @Test
  default void int8HasNoGradients() {
    Sequential layers = new Sequential(new Conv2d(1, 2, 1), new Flatten());
    Network network = new Network("small", Shape.of(1, 1, 2, 2), layers);
    QuantizedLayer layer = new QuantizedLayer(new QuantizationParameters(1, 0), List.of(1f, 1f));
    Quantization quantization = new Quantization(Map.of("0", layer));
    PlanSpec spec = PlanSpec.of(network, 1, Precision.INT8, quantization);
    refused("fp32 or bf16, not in int8; use fp32", () -> OwnGradients.compile(engine(), spec));
  }

  @Test
  default void callsHaveAnOrderAndArraysALength() {
    Trial trial = new Trial(everyKind(), 2, 4, 5);
    float[] images = trial.images;
    float[] logits = new float[8];
    float[] gradient = new float[images.length];
    OwnGradients plan = OwnGradients.compile(engine(), trial.network, 4, Precision.FP32);
    outOfOrder("load", () -> plan.forward(images, 2, logits));
    plan.load(trial.weights);
    outOfOrder("forward", () -> plan.backward(trial.logitsGradient, gradient));
    refused("1 to 4", () -> plan.forward(new float[5 * 126], 5, new float[20]));
    refused("needs 252 values, but has 251", () -> plan.forward(new float[251], 2, logits));
    refused("needs 8 values, but has 7", () -> plan.forward(images, 2, new float[7]));
    plan.forward(images, 2, logits);
    refused("has 7", () -> plan.backward(new float[7], gradient));
    refused(
        "gradient of the images 2x3x7x6 needs 252 values from index 1 on, but has 252",
        () -> plan.plan().backward(trial.logitsGradient, 0, gradient, 1));
    plan.backward(trial.logitsGradient, gradient);
    outOfOrder("forward", () -> plan.backward(trial.logitsGradient, gradient));
    assertTrue(plan.plan().bytes() >= 0);
    plan.close();
    plan.close();
    outOfOrder("closed", () -> plan.forward(images, 2, logits));
    outOfOrder("closed", () -> plan.backward(trial.logitsGradient, gradient));
    outOfOrder("closed", () -> plan.plan().bytes());
  }

  private static void refused(String message, Executable call) {
    Exception refusal = assertThrows(IllegalArgumentException.class, call);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  private static void outOfOrder(String message, Executable call) {
    Exception refusal = assertThrows(IllegalStateException.class, call);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }
}
