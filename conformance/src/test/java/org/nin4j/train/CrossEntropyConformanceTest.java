package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.conformance.Report;
import org.nin4j.conformance.Torch;
import org.nin4j.nn.Shape;

/**
 * Loss and gradient are those of PyTorch's cross_entropy in double precision. Ours are computed in
 * double precision too, so the loss may differ by a few of its roundings times the size of the
 * logits, and the gradient by the one rounding to a float.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossEntropyConformanceTest {
  private static final double[] SMOOTHINGS = {0, 0.1, 0.9};
  private static final double DOUBLE_UNIT = 0x1p-53;
  private static final double FLOAT_UNIT = 0x1p-24;

  private int cases;
  private double worstLoss;
  private double worstGradient;

  @AfterAll
  void report() {
    Report.section(
        62,
        "Cross-entropy",
        """
        %d batches, 1 to 1,000 classes, label smoothing 0, 0.1 and 0.9: random, equal, denormal and
        very large logits (1e4, -1e4, 3e38). Largest error beside the tolerance: %.2g times (loss),
        %.2g times (gradient).
        """
            .formatted(cases, worstLoss, worstGradient));
  }

  @Test
  void randomLogits() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      int count = 1 + random.nextInt(9);
      int classes = i % 10 == 0 ? 1000 : 1 + random.nextInt(40);
      double size = Math.pow(10, random.nextInt(-3, 5));
      float[] logits = new float[count * classes];
      for (int j = 0; j < logits.length; j++) {
        logits[j] = (float) (size * (2 * random.nextDouble() - 1));
      }
      check(logits, count, classes);
    }
  }

  @Test
  void largeLogits() {
    check(new float[] {1e4f, 0, -1e4f, 1e4f, 1e4f, 1e4f}, 2, 3);
    check(new float[] {-1e4f, -1e4f + 1, -2e4f}, 1, 3);
    check(new float[] {3e38f, -3e38f, 0, 3e38f}, 2, 2);
  }

  @Test
  void equalLogits() {
    check(new float[20], 2, 10);
    float[] equal = new float[30];
    Arrays.fill(equal, 1e4f);
    check(equal, 3, 10);
  }

  @Test
  void oneClass() {
    check(new float[] {0, 5, -1e4f}, 3, 1);
  }

  @Test
  void denormalLogits() {
    check(new float[] {Float.MIN_VALUE, -Float.MIN_VALUE, 0, 1e-40f}, 1, 4);
  }

  @Test
  void whatIsNoNumberStaysNone() {
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] logits = {1, odd, 2};
      assertTrue(Double.isNaN(theirs(logits, 1, 3, 0, new double[3])));
      float[] gradient = new float[3];
      double loss = new CrossEntropy(0).compute(logits, new int[] {0}, 1, 3, gradient).lossSum();
      assertTrue(!Double.isFinite(loss), odd + " gives a loss of " + loss);
    }
  }

  private void check(float[] logits, int count, int classes) {
    for (double smoothing : SMOOTHINGS) {
      double[] gradient = new double[logits.length];
      double right = theirs(logits, count, classes, smoothing, gradient);
      float[] ours = new float[logits.length];
      double loss =
          new CrossEntropy(smoothing)
                  .compute(logits, labels(count, classes), count, classes, ours)
                  .lossSum()
              / count;
      double largest = 1;
      for (float logit : logits) {
        largest = Math.max(largest, Math.abs(logit));
      }
      double tolerance = 8 * classes * DOUBLE_UNIT * largest;
      assertEquals(right, loss, tolerance);
      worstLoss = Math.max(worstLoss, Math.abs(right - loss) / tolerance);
      for (int i = 0; i < ours.length; i++) {
        // a probability is off by as much as the exponent, which is as large as the logits
        double allowed = FLOAT_UNIT * Math.abs(gradient[i]) + tolerance / count + Float.MIN_VALUE;
        assertEquals(gradient[i], ours[i], allowed);
        worstGradient = Math.max(worstGradient, Math.abs(gradient[i] - ours[i]) / allowed);
      }
      cases++;
    }
  }

  private static int[] labels(int count, int classes) {
    int[] labels = new int[count];
    for (int n = 0; n < count; n++) {
      labels[n] = n % classes;
    }
    return labels;
  }

  private static double theirs(
      float[] logits, int count, int classes, double smoothing, double[] gradient) {
    return Torch.scoped(
        () -> {
          Tensor input = Torch.leaf(Torch.tensor(logits, Shape.of(count, classes)));
          long[] labels = Arrays.stream(labels(count, classes)).asLongStream().toArray();
          Tensor loss =
              torch.cross_entropy_loss(
                  input, Tensor.create(labels), new TensorOptional(), 1, -100, smoothing);
          double[] values =
              Torch.values(Torch.gradients(loss, List.of(input), torch.ones_like(loss)).get(0));
          System.arraycopy(values, 0, gradient, 0, values.length);
          return loss.item_double();
        });
  }
}
