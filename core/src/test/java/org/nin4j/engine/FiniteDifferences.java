package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Holds the gradients of loss = sum(logits * r), r fixed, against central differences (loss(v + H)
 * - loss(v - H)) / 2H of every single value v.
 *
 * <p>The loss is linear or piecewise linear in each value, save for BatchNorm2d: the difference is
 * then exact for any step that does not cross a kink, and a large step keeps rounding small. Logits
 * up to about 10 are off by up to 1e-6 each where 32-bit sums are used; ten of them, weighted up to
 * 1, put the loss off by 1e-5 and the difference by 1e-5 / 2H = 2e-4. Through BatchNorm2d the
 * truncation is (H / sigma)^2 / 6 of a gradient, 2e-4 for a spread sigma of 1. So 2e-3, relative to
 * the largest gradient of the array where that is above 1, is safe, and far below any wrong term.
 */
final class FiniteDifferences {
  /** Computes logits from the images and weights that are varied. */
  @FunctionalInterface
  private interface Forward {
    void run(Weights weights, float[] images, float[] logits);
  }

  private static final float H = 1 / 32f;
  private static final double TOLERANCE = 2e-3;

  private final Trial trial;
  private final Forward forward;
  private final Weights weights;
  private final float[] images;

  private FiniteDifferences(Trial trial, Forward forward) {
    this.trial = trial;
    this.forward = forward;
    this.weights = trial.weights.copy();
    this.images = trial.images.clone();
  }

  /** Checks all gradients of a training step. */
  static void check(Engine engine, Trial trial) {
    Outcome outcome = trial.run(engine);
    try (WholeBatch plan =
        WholeBatch.compile(engine, trial.spec(Precision.FP32), Gradients.OF_PARAMETERS)) {
      FiniteDifferences differences =
          new FiniteDifferences(
              trial,
              (weights, images, logits) ->
                  plan.forward(weights, images, trial.count, trial.masks, logits));
      differences.check("image", differences.images, outcome.imagesGradient);
      for (int i = 0; i < trial.weights.count(); i++) {
        if (trial.spec(Precision.FP32).trains(trial.weights.parameters().get(i))) {
          differences.check(
              trial.weights.parameters().get(i).name(),
              differences.weights.values(i),
              outcome.gradients.values(i));
        }
      }
    }
  }

  /** Checks the gradient of the images in inference mode, where every layer is as in inference. */
  static void checkInference(Engine engine, Trial trial) {
    float[] gradient = trial.differentiate(engine, Precision.FP32);
    try (OwnWeights plan = OwnWeights.compile(engine, trial.network, trial.batch, Precision.FP32)) {
      plan.load(trial.weights);
      FiniteDifferences differences =
          new FiniteDifferences(
              trial, (weights, images, logits) -> plan.run(images, trial.count, logits));
      differences.check("image", differences.images, gradient);
    }
  }

  private void check(String name, float[] values, float[] gradient) {
    double scale = 1;
    for (float each : gradient) {
      scale = Math.max(scale, Math.abs(each));
    }
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      values[i] = value + H;
      double up = loss();
      double step = values[i];
      values[i] = value - H;
      double down = loss();
      step -= values[i];
      values[i] = value;
      assertEquals((up - down) / step, gradient[i], TOLERANCE * scale, name + "[" + i + "]");
    }
  }

  private double loss() {
    float[] logits = new float[trial.logitsGradient.length];
    forward.run(weights, images, logits);
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += (double) logits[i] * trial.logitsGradient[i];
    }
    return sum;
  }
}
