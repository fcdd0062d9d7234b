package org.nin4j.conformance.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.conformance.ErrorTable;
import org.nin4j.conformance.Report;
import org.nin4j.conformance.Torch;
import org.nin4j.nn.Shape;
import org.nin4j.train.internal.CrossEntropy;
import org.nin4j.train.internal.Targets;

/** The loss and its gradient compared with PyTorch's cross_entropy_loss in double precision. */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class CrossEntropyConformanceTest {
  /** Of double precision, in which the loss is computed from logits of single precision. */
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  private static final double SINGLE_ROUNDOFF = 0x1p-24;

  /** Below 1, so that tolerances hold for weighted classes, too. */
  private static final double LARGEST_WEIGHT = 1;

  private static final List<Integer> CLASSES = List.of(1, 2, 3, 7, 10, 100, 1000);
  private static final List<Integer> BATCHES = List.of(1, 2, 5, 64);
  private static final ErrorTable ERRORS = new ErrorTable();

  private final SplittableRandom random = new SplittableRandom(5);

  @AfterAll
  static void report() {
    Report.section(
        62,
        "Cross-entropy",
        """
        Loss and gradient of the logits, compared with PyTorch's cross_entropy_loss in double precision;
        1 to 1000 classes, batches of 1 to 64, label smoothing 0, 0.1 and 0.9. Where classes are
        weighted, with PyTorch's weight and reduction="sum", by the number of images. NaN and
        infinities appear where PyTorch's do.

        """
            + ERRORS.table("logits"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void ordinaryLogits(double smoothing) {
    holdAll("normal", smoothing, () -> 3 * random.nextGaussian());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void logitsOfTenThousand(double smoothing) {
    holdAll("1e4 and -1e4", smoothing, () -> random.nextBoolean() ? 1e4 : -1e4);
    holdAll("-1e4 to 1e4", smoothing, () -> random.nextDouble(-1e4, 1e4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void equalLogits(double smoothing) {
    for (double value : new double[] {0, 1, -1e4, 1e4, 1e20, -Float.MAX_VALUE}) {
      holdAll("all equal", smoothing, () -> value);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void zerosAndDenormals(double smoothing) {
    double[] values = {0, -0.0, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL / 3};
    holdAll("0 and denormal", smoothing, () -> values[random.nextInt(values.length)]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void largestFloats(double smoothing) {
    holdAll(
        "up to 3.4e38",
        smoothing,
        () -> random.nextInt(3) == 0 ? 0 : Float.MAX_VALUE * random.nextDouble(-1, 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void nonFiniteLogitsPropagateAsInPyTorch(double smoothing) {
    float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int classes : new int[] {1, 2, 3, 10}) {
      for (int index = 0; index < classes; index++) {
        for (float value : special) {
          for (int label = 0; label < classes; label++) {
            float[] logits = logits(2, classes, random::nextGaussian);
            logits[index] = value;
            hold("NaN and infinite", smoothing, null, logits, new int[] {label, 0}, classes);
            Arrays.fill(logits, 0, classes, value);
            hold("NaN and infinite", smoothing, null, logits, new int[] {label, 0}, classes);
          }
        }
      }
    }
  }

  /** One of the classes has no images, and so the weight 0. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void weightedClasses(double smoothing) {
    for (int classes : CLASSES) {
      double[] weights = random.doubles(classes, 0, LARGEST_WEIGHT).toArray();
      weights[classes / 2] = 0;
      for (int batch : BATCHES) {
        int[] labels = random.ints(batch, 0, classes).toArray();
        float[] logits = logits(batch, classes, () -> 3 * random.nextGaussian());
        hold("weighted", smoothing, weights, logits, labels, classes);
        holdMixed("weighted", smoothing, weights, logits, labels, classes);
      }
    }
  }

  private void holdAll(String row, double smoothing, DoubleSupplier values) {
    for (int classes : CLASSES) {
      for (int batch : BATCHES) {
        int[] labels = random.ints(batch, 0, classes).toArray();
        hold(row, smoothing, null, logits(batch, classes, values), labels, classes);
        holdMixed(row, smoothing, null, logits(batch, classes, values), labels, classes);
      }
    }
  }

  /** Of images that are mixtures of two: PyTorch's target is then a probability of each class. */
  private void holdMixed(
      String row, double smoothing, double[] weights, float[] logits, int[] labels, int classes) {
    int batch = labels.length;
    int[] seconds = random.ints(batch, 0, classes).toArray();
    float[] ratios = new float[batch];
    double[] probabilities = new double[batch * classes];
    for (int n = 0; n < batch; n++) {
      ratios[n] = random.nextInt(4) == 0 ? n % 2 : (float) random.nextDouble();
      probabilities[n * classes + labels[n]] += ratios[n];
      probabilities[n * classes + seconds[n]] += 1 - (double) ratios[n];
    }
    Shape shape = Shape.of(batch, classes);
    double[] expected =
        Torch.scoped(
            () -> byTorch(smoothing, weights, logits, Torch.tensor(probabilities, shape), classes));
    float[] gradient = new float[logits.length];
    double lossSum =
        new CrossEntropy(smoothing, weights)
            .compute(
                logits, new Targets(labels, seconds, ratios), 0, batch, batch, classes, gradient)
            .lossSum();
    compare(row + ", mixed", smoothing, logits, classes, expected, lossSum / batch, gradient);
  }

  private static float[] logits(int batch, int classes, DoubleSupplier values) {
    float[] logits = new float[batch * classes];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) values.getAsDouble();
    }
    return logits;
  }

  private static void hold(
      String row, double smoothing, double[] weights, float[] logits, int[] labels, int classes) {
    int batch = labels.length;
    long[] targets = Arrays.stream(labels).asLongStream().toArray();
    double[] expected =
        Torch.scoped(() -> byTorch(smoothing, weights, logits, Tensor.create(targets), classes));
    float[] gradient = new float[logits.length];
    double loss =
        new CrossEntropy(smoothing, weights)
                .compute(logits, labels, batch, classes, gradient)
                .lossSum()
            / batch;
    compare(row, smoothing, logits, classes, expected, loss, gradient);
  }

  /**
   * The loss is a sum of classes for each image where labels are smoothed, each of the size of the
   * largest logits' difference. A probability has the error of a sum over the classes, and of an
   * exponent, which is below 746 where it is not 0 altogether. A gradient is then rounded to single
   * precision, where it may become denormal.
   */
  private static void compare(
      String row,
      double smoothing,
      float[] logits,
      int classes,
      double[] expected,
      double loss,
      float[] gradient) {
    int batch = logits.length / classes;
    String what = batch + "x" + classes + ", smoothing " + smoothing;
    double largest = 0;
    for (float logit : logits) {
      largest = Float.isFinite(logit) ? Math.max(largest, Math.abs(logit)) : largest;
    }
    double ofLoss = (batch * classes + 8) * UNIT_ROUNDOFF * (2 * largest + Math.log(classes));
    compare(row + ": loss", expected[0], loss, ofLoss, what);
    double ofProbability = (classes + 746 + 8) * UNIT_ROUNDOFF;
    for (int i = 0; i < gradient.length; i++) {
      double tolerance =
          SINGLE_ROUNDOFF * Math.abs(expected[1 + i]) + ofProbability / batch + Float.MIN_VALUE;
      compare(row + ": gradient", expected[1 + i], gradient[i], tolerance, what + ", logit " + i);
    }
  }

  private static void compare(
      String row, double expected, double actual, double tolerance, String what) {
    if (Double.isFinite(expected)) {
      ERRORS.check(row, Math.abs(expected - actual), tolerance, () -> what);
    } else {
      assertEquals(expected, actual, () -> row + ", " + what);
    }
  }

  /** The loss, followed by its gradient. */
  private static double[] byTorch(
      double smoothing, double[] weights, float[] logits, Tensor target, int classes) {
    int batch = logits.length / classes;
    Tensor input = Torch.leaf(Torch.tensor(logits, Shape.of(batch, classes)));
    Tensor ofClasses =
        weights == null ? null : Torch.tensor(weights, Shape.of(1, classes)).flatten();
    long reduction = (weights == null ? torch.Reduction.Mean : torch.Reduction.Sum).value;
    Tensor loss =
        torch.cross_entropy_loss(
            input, target, Torch.optional(ofClasses), reduction, -100, smoothing);
    loss = weights == null ? loss : loss.div(new Scalar((double) batch));
    Tensor gradient = Torch.gradients(loss, List.of(input), torch.ones_like(loss)).get(0);
    double[] all = new double[1 + logits.length];
    all[0] = Torch.values(loss)[0];
    System.arraycopy(Torch.values(gradient), 0, all, 1, logits.length);
    return all;
  }
}
