package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * Special values propagate through the layers as in PyTorch, forward: for a NaN or an infinity
 * among the images or weights, the reference engine outputs the same special values at the same
 * indices. oneDNN's ReLU and max pooling lose a NaN, so its engine outputs NaN for every image that
 * contains a NaN or an infinity.
 *
 * <p>Where padding is multiplied by an infinite weight, and where a square overflows in single
 * precision only, PyTorch differs between single and double precision; either result is accepted.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpecialValuesTest {
  private static final float[] SPECIAL = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 1e-40f, 3e38f
  };

  /**
   * Sums here have up to 300 terms of about 1; a result smaller than 1 may have the same absolute
   * error.
   */
  private static final double TOLERANCE = Rounding.ofSum(300);

  private int cases;

  static Stream<List<Layer>> layers() {
    Size2d two = Size2d.of(2);
    return Stream.of(
        List.of(new Conv2d(4, 6, 3, 1, 1)),
        List.of(new Conv2d(4, 17, 1)),
        List.of(new Conv2d(4, 6, 3, 1, 1), new ReLU()),
        List.of(new ReLU()),
        List.of(new MaxPool2d(3, 2)),
        List.of(new MaxPool2d(two, two, Size2d.of(1), true)),
        List.of(new AvgPool2d(3, 2)),
        List.of(new AvgPool2d(two, two, Size2d.of(1), true, true)),
        List.of(new AvgPool2d(two, two, Size2d.of(1), true, false)),
        List.of(new AdaptiveAvgPool2d(1)),
        List.of(new AdaptiveAvgPool2d(3)),
        List.of(new BatchNorm2d(4)),
        List.of(new Dropout(0.5f)),
        List.of(new Flatten(), new Linear(4 * 7 * 7, 5)),
        List.of(new Flatten(), new Linear(4 * 7 * 7, 5), new ReLU()),
        List.of(new Conv2d(4, 6, 3, 2, 0), new ReLU(), new AdaptiveAvgPool2d(1)));
  }

  @AfterAll
  void report() {
    Report.section(
        45,
        "Infinities, NaN and denormals",
        """
        %d cases of NaN, infinities, denormal and very large numbers among the images or the weights of
        every kind of layer. The reference engine returns NaN, an infinity or an ordinary number
        where PyTorch does. oneDNN's ReLU and max pooling lose a NaN, so its engine checks its input:
        an image that contains NaN or an infinity gets NaN as its result, and all images do if the
        weights contain one.
        """
            .formatted(cases));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void specialValuesInImages(List<Layer> layers) {
    check(layers, false);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void specialValuesInWeights(List<Layer> layers) {
    if (!new Sequential(layers).parameters().isEmpty()) {
      check(layers, true);
    }
  }

  private void check(List<Layer> layers, boolean weights) {
    List<String> differences = new ArrayList<>();
    for (int seed = 0; seed < SPECIAL.length * 4; seed++) {
      Trial trial =
          new LayerCase(seed, Shape.of(1, 4, 7, 7), 3, layers, Precision.FP32, false).trial();
      SplittableRandom random = new SplittableRandom(seed);
      float special = SPECIAL[seed % SPECIAL.length];
      if (weights) {
        for (int i = 0; i < trial.weights.count(); i++) {
          boolean chosen = random.nextInt(trial.weights.count()) == 0;
          // a variance is no less than zero
          boolean variance = trial.weights.parameters().get(i).name().endsWith("var");
          if (chosen && !(variance && special < 0)) {
            float[] values = trial.weights.values(i);
            values[random.nextInt(values.length)] = special;
          }
        }
      } else {
        trial.images[random.nextInt(trial.images.length)] = special;
      }
      compare(trial, special, differences);
    }
    assertEquals(List.of(), differences, layers.toString());
  }

  private void compare(Trial trial, float special, List<String> differences) {
    Outputs single = pyTorch(trial, ScalarType.Float);
    Outputs wide = pyTorch(trial, ScalarType.Double);
    Engine oneDnn = Engines.oneDnn();
    for (Engine engine : List.of(Engines.reference(), oneDnn)) {
      Outputs ours = Outputs.of(trial, trial.run(engine, Precision.FP32));
      for (String array : List.of(Outputs.LOGITS, Outputs.INFERENCE)) {
        double[] values = ours.arrays().get(array);
        for (int i = 0; i < values.length; i++) {
          double first = single.arrays().get(array)[i];
          double second = (float) wide.arrays().get(array)[i];
          if (engine == oneDnn && isMarked(trial, array, i)) {
            first = Double.NaN;
            second = Double.NaN;
          }
          boolean folded =
              Double.isInfinite(values[i])
                  && Double.isNaN(first)
                  && foldsInfiniteScale(trial, special);
          if (!same(first, values[i]) && !same(second, values[i]) && !folded) {
            differences.add(
                String.format(
                    Locale.ROOT,
                    "%n%s, with %s: %s[%d] is %s, should be %s or %s",
                    engine.description(),
                    special,
                    array,
                    i,
                    values[i],
                    first,
                    second));
            break;
          }
        }
        cases++;
      }
    }
  }

  /**
   * PyTorch folds the mean of a BatchNorm2d and its scale into its shift, so that an infinite or
   * huge scale makes infinity minus infinity of what by its formula is infinite.
   */
  private static boolean foldsInfiniteScale(Trial trial, float special) {
    return Math.abs(special) >= 3e38f
        && trial.network.layers().leaves().get(0).layer() instanceof BatchNorm2d;
  }

  private static Outputs pyTorch(Trial trial, ScalarType type) {
    return Torch.scoped(() -> new TorchTrial(trial, type, TorchTrial.Perturbation.NONE).outputs());
  }

  /** Whether a logit belongs to an image for which oneDNN's engine returns NaN. */
  private static boolean isMarked(Trial trial, String array, int logit) {
    for (int i = 0; i < trial.weights.count(); i++) {
      if (!isFinite(trial.weights.values(i), 0, trial.weights.values(i).length)) {
        return true;
      }
    }
    int perImage = trial.images.length / trial.count;
    int image = logit / trial.network.classes();
    return array.equals(Outputs.LOGITS)
        ? !isFinite(trial.images, 0, trial.images.length)
        : !isFinite(trial.images, image * perImage, (image + 1) * perImage);
  }

  private static boolean isFinite(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(double right, double value) {
    if (Double.isNaN(right) || Double.isInfinite(right)) {
      return Double.compare(right, value) == 0;
    }
    return Math.abs(right - value) <= TOLERANCE * Math.max(1, Math.abs(right));
  }
}
