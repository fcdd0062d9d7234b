package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.engine.Trial;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * Where, and by how much, ONNX Runtime's average pooling differs from PyTorch's: the explanation
 * must hold in every geometry, so that ONNX Runtime is excluded from no other comparison.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class OnnxAveragePoolTest {
  private static final int GEOMETRIES = 1000;

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void meansDifferByTheRowsOfPaddingThatOnnxRuntimeTakesForColumns() {
    List<String> unexplained = new ArrayList<>();
    int deviating = 0;
    for (int i = 0; i < GEOMETRIES; i++) {
      Trial trial = drawUntilLegal();
      boolean differs = differs(trial, unexplained);
      assertEquals(differs, OnnxRuntime.deviates(trial.network), trial.network.toString());
      deviating += differs ? 1 : 0;
    }
    assertEquals(List.of(), unexplained);
    assertTrue(deviating > GEOMETRIES / 10 && deviating < GEOMETRIES / 2, deviating + " deviate");
    Report.section(
        40,
        "ONNX Runtime",
        """
        ONNX Runtime runs the inference of the layers, stacks and networks above, from a file that the
        tests write. It differs from PyTorch in one respect: in a mean that counts padding, it uses
        the width of the padding as the height of the padding at the bottom. Of %,d random average
        pools %,d differ, each value by exactly the factor that follows from this; layers with such
        a pool are not compared with ONNX Runtime. Adaptive pools with windows of several sizes have
        no operator in ONNX.
        """
            .formatted(GEOMETRIES, deviating));
  }

  /**
   * Whether any value differs from PyTorch's; a difference that the explanation does not predict is
   * noted.
   */
  private static boolean differs(Trial trial, List<String> unexplained) {
    AvgPool2d pool = (AvgPool2d) trial.network.layers().leaves().get(0).layer();
    Shape input = trial.network.input();
    int columns = pool.outputShape(input).width();
    double[] right =
        Torch.scoped(
            () ->
                new TorchTrial(trial, ScalarType.Double, TorchTrial.Perturbation.NONE)
                    .outputs()
                    .arrays()
                    .get(Outputs.INFERENCE));
    double[] theirs = OnnxRuntime.infer(trial).orElseThrow();
    // all terms are positive: an error is relative to the mean
    double tolerance = Rounding.ofSum(pool.kernel().area() + 1.0);
    boolean differs = false;
    for (int i = 0; i < right.length; i++) {
      double explained = right[i] * OnnxRuntime.excess(pool, input.height(), i / columns);
      if (Math.abs(theirs[i] - explained) > tolerance * explained) {
        unexplained.add(pool + " of " + input + ": " + theirs[i] + ", not " + explained);
      }
      differs |= Math.abs(theirs[i] - right[i]) > tolerance * right[i];
    }
    return differs;
  }

  private Trial drawUntilLegal() {
    while (true) {
      Optional<Trial> drawn = draw();
      if (drawn.isPresent()) {
        return drawn.get();
      }
    }
  }

  /** One channel of numbers from 0.5 to 1.5, and a pool; empty where the pool does not fit. */
  private Optional<Trial> draw() {
    Size2d kernel = new Size2d(1 + random.nextInt(7), 1 + random.nextInt(7));
    Size2d stride = new Size2d(1 + random.nextInt(4), 1 + random.nextInt(4));
    Size2d padding =
        new Size2d(random.nextInt(kernel.height() / 2 + 1), random.nextInt(kernel.width() / 2 + 1));
    AvgPool2d pool =
        new AvgPool2d(kernel, stride, padding, random.nextBoolean(), random.nextInt(4) > 0);
    try {
      Trial trial =
          Trial.of(Shape.of(1, 1, 1 + random.nextInt(12), 1 + random.nextInt(12)), 1, pool);
      for (int i = 0; i < trial.images.length; i++) {
        trial.images[i] = 1 + trial.images[i] / 2;
      }
      return Optional.of(trial);
    } catch (IllegalArgumentException doesNotFit) {
      return Optional.empty();
    }
  }
}
