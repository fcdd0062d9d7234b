package org.nin4j.train.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.train.internal.CrossEntropy.Loss;

class CrossEntropyTest {
  private static final int N = 5;
  private static final int CLASSES = 7;

  @Test
  void theLossOfEqualLogitsIsTheLogarithmOfTheNumberOfClasses() {
    Loss loss = new CrossEntropy(0).compute(new float[20], new int[] {3, 0}, 2, 10, null);
    assertEquals(Math.log(10), loss.lossSum() / 2, 1e-15);
    assertEquals(1, loss.correct(), "the first of equal logits is the argmax");
  }

  @Test
  void theLossOfEqualLogitsDoesNotDependOnTheirSize() {
    for (float logit : new float[] {1e4f, -0x1p60f, Float.MAX_VALUE}) {
      float[] logits = {logit, logit, logit, logit};
      float[] gradient = new float[4];
      Loss loss = new CrossEntropy(0).compute(logits, new int[] {1}, 1, 4, gradient);
      assertEquals(Math.log(4), loss.lossSum(), 1e-15);
      assertArrayEquals(new float[] {0.25f, -0.75f, 0.25f, 0.25f}, gradient);
    }
  }

  @Test
  void logitsOfTenThousandDoNotOverflow() {
    float[] logits = {1e4f, -1e4f, 0, 1e4f, -1e4f, 0};
    float[] gradient = new float[6];
    Loss loss = new CrossEntropy(0).compute(logits, new int[] {0, 1}, 2, 3, gradient);
    assertEquals(1e4, loss.lossSum() / 2, 1e-9, "0 for the first image, 20000 for the second");
    assertEquals(1, loss.correct());
    assertArrayEquals(new float[] {0, 0, 0, 0.5f, -0.5f, 0}, gradient);
  }

  @Test
  void twoLogitsGiveTheLogisticFunction() {
    float[] gradient = new float[2];
    Loss loss = new CrossEntropy(0).compute(new float[] {1, -1}, new int[] {1}, 1, 2, gradient);
    assertEquals(Math.log1p(Math.exp(2)), loss.lossSum(), 1e-14);
    float p = (float) (1 / (1 + Math.exp(-2)));
    assertArrayEquals(new float[] {p, -p}, gradient, 1e-7f);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.6})
  void theGradientAgreesWithFiniteDifferences(double smoothing) {
    theGradientAgreesWithFiniteDifferences(new CrossEntropy(smoothing));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  void theGradientOfWeightedClassesAgreesWithFiniteDifferences(double smoothing) {
    double[] weights = {0.5, 1, 1.5, 2, 0, 0.25, 3};
    theGradientAgreesWithFiniteDifferences(
        new CrossEntropy(smoothing, Arrays.copyOf(weights, CLASSES)));
  }

  /** As PyTorch's CrossEntropyLoss(weight=..., reduction="sum"). */
  @Test
  void theLossOfAnImageIsWeightedByItsClass() {
    float[] logits = {1, -1, 0, 2};
    double first = Math.log(1 + Math.exp(-2));
    double second = Math.log(1 + Math.exp(-2));
    CrossEntropy weighted = new CrossEntropy(0, new double[] {0.5, 3});
    assertEquals(
        0.5 * first + 3 * second,
        weighted.compute(logits, new int[] {0, 1}, 2, 2, null).lossSum(),
        1e-12);
  }

  private static void theGradientAgreesWithFiniteDifferences(CrossEntropy crossEntropy) {
    float[] logits = randomLogits();
    int[] labels = {0, 6, 3, 3, 1};
    float[] gradient = new float[N * CLASSES];
    crossEntropy.compute(logits, labels, N, CLASSES, gradient);
    float h = 0x1p-7f;
    for (int i = 0; i < logits.length; i++) {
      float value = logits[i];
      logits[i] = value + h;
      double above = crossEntropy.compute(logits, labels, N, CLASSES, null).lossSum() / N;
      double span = logits[i];
      logits[i] = value - h;
      span -= logits[i];
      double slope =
          (above - crossEntropy.compute(logits, labels, N, CLASSES, null).lossSum() / N) / span;
      logits[i] = value;
      // The error of a central difference is h^2 / 6 times the third derivative, below 0.1 / N.
      assertEquals(slope, gradient[i], 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.6})
  void labelSmoothingMixesTheLabelWithAUniformDistribution(double smoothing) {
    float[] logits = randomLogits();
    int[] labels = {0, 6, 3, 3, 1};
    double expected = 0;
    for (int n = 0; n < N; n++) {
      double total = 0;
      for (int c = 0; c < CLASSES; c++) {
        total += Math.exp(logits[n * CLASSES + c]);
      }
      for (int c = 0; c < CLASSES; c++) {
        double target = (c == labels[n] ? 1 - smoothing : 0) + smoothing / CLASSES;
        expected -= target * Math.log(Math.exp(logits[n * CLASSES + c]) / total) / N;
      }
    }
    assertEquals(
        expected,
        new CrossEntropy(smoothing).compute(logits, labels, N, CLASSES, null).lossSum() / N,
        1e-12);
  }

  /** The loss is linear in the target, and so is its gradient. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.6})
  void theLossOfAMixtureIsTheMixtureOfTheLosses(double smoothing) {
    CrossEntropy crossEntropy = new CrossEntropy(smoothing);
    float[] logits = randomLogits();
    int[] labels = {0, 6, 3, 3, 1};
    int[] seconds = {5, 6, 0, 2, 4};
    float ratio = 0.3f;
    float[] ratios = {ratio, ratio, ratio, ratio, ratio};
    float[] ofFirst = new float[N * CLASSES];
    float[] ofSecond = new float[N * CLASSES];
    float[] mixed = new float[N * CLASSES];
    Loss first = crossEntropy.compute(logits, labels, N, CLASSES, ofFirst);
    Loss second = crossEntropy.compute(logits, seconds, N, CLASSES, ofSecond);
    Targets targets = new Targets(labels, seconds, ratios);
    Loss found = crossEntropy.compute(logits, targets, 0, N, N, CLASSES, mixed);
    assertEquals(ratio * first.lossSum() + (1 - ratio) * second.lossSum(), found.lossSum(), 1e-6);
    assertEquals(first.correct(), found.correct());
    for (int i = 0; i < mixed.length; i++) {
      assertEquals(ratio * ofFirst[i] + (1 - ratio) * ofSecond[i], mixed[i], 1e-7);
    }
  }

  @Test
  void aNaNLogitMakesTheLossNaN() {
    assertTrue(
        Double.isNaN(
            new CrossEntropy(0)
                .compute(new float[] {0, Float.NaN, 1}, new int[] {0}, 1, 3, null)
                .lossSum()));
  }

  @Test
  void arraysMayBeLongerThanTheBatch() {
    float[] logits = {2, 1, 9, 9};
    float[] gradient = {0, 0, 5, 5};
    Loss loss = new CrossEntropy(0).compute(logits, new int[] {0, 9}, 1, 2, gradient);
    assertEquals(Math.log1p(Math.exp(-1)), loss.lossSum(), 1e-14);
    assertEquals(5, gradient[2]);
  }

  private static float[] randomLogits() {
    Random random = new Random(7);
    float[] logits = new float[N * CLASSES];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (2 * random.nextGaussian());
    }
    return logits;
  }
}
