package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.engine.Trial;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * Pooling means the same in an exported file, in any geometry: ONNX drops no window that starts in
 * the padding, and does not say what counts in a window that reaches beyond it.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class OnnxPoolTest {
  private static final int GEOMETRIES = 1000;

  /** What is particular in a geometry. */
  private enum Kind {
    FLOOR,
    CEIL,
    DROPPED_WINDOW,
    COUNTED_PADDING_IN_A_LARGER_WINDOW
  }

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void poolsInAnyGeometryAgreeWithPyTorch() {
    List<String> wrong = new ArrayList<>();
    Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    for (int i = 0; i < GEOMETRIES; i++) {
      Trial trial = drawUntilLegal();
      Layer pool = trial.network.layers().leaves().get(0).layer();
      kinds.merge(kind(pool, trial.network.input()), 1, Integer::sum);
      if (!agrees(trial)) {
        wrong.add(pool + " of " + trial.network.input());
      }
    }
    assertEquals(List.of(), wrong);
    for (Kind kind : Kind.values()) {
      assertTrue(kinds.getOrDefault(kind, 0) > GEOMETRIES / 50, kinds.toString());
    }
    Report.section(
        40,
        "ONNX Runtime",
        """
        ONNX Runtime runs the inference of the layers, stacks and networks above, from the files that
        nin4j-interchange writes. %,d random pools are exact to rounding, among them %d in which a
        window that starts in the padding is dropped, and %d in which padding counts in a window that
        reaches beyond it. Adaptive pools with windows of several sizes have no operator in ONNX, and
        are refused.
        """
            .formatted(
                GEOMETRIES,
                kinds.get(Kind.DROPPED_WINDOW),
                kinds.get(Kind.COUNTED_PADDING_IN_A_LARGER_WINDOW)));
  }

  private static boolean agrees(Trial trial) {
    double[] right =
        Torch.scoped(
            () ->
                new TorchTrial(trial, ScalarType.Double, TorchTrial.Perturbation.NONE)
                    .outputs()
                    .arrays()
                    .get(Outputs.INFERENCE));
    double[] theirs = OnnxRuntime.infer(trial).orElseThrow();
    if (theirs.length != right.length) {
      return false;
    }
    Layer pool = trial.network.layers().leaves().get(0).layer();
    // all terms are positive: an error is relative to the mean
    double tolerance =
        pool instanceof AvgPool2d mean ? Rounding.ofSum(mean.kernel().area() + 1.0) : 0;
    for (int i = 0; i < right.length; i++) {
      if (!(Math.abs(theirs[i] - right[i]) <= tolerance * right[i])) {
        return false;
      }
    }
    return true;
  }

  private static Kind kind(Layer layer, Shape input) {
    if (layer instanceof MaxPool2d pool) {
      return kind(
          pool, input, pool.kernel(), pool.stride(), pool.padding(), pool.ceilMode(), false);
    }
    AvgPool2d pool = (AvgPool2d) layer;
    return kind(
        pool,
        input,
        pool.kernel(),
        pool.stride(),
        pool.padding(),
        pool.ceilMode(),
        pool.countIncludePad());
  }

  private static Kind kind(
      Layer pool,
      Shape input,
      Size2d kernel,
      Size2d stride,
      Size2d padding,
      boolean ceilMode,
      boolean counts) {
    if (!ceilMode) {
      return Kind.FLOOR;
    }
    Shape output = pool.outputShape(input);
    int below =
        excess(input.height(), output.height(), kernel.height(), stride.height(), padding.height());
    int beside =
        excess(input.width(), output.width(), kernel.width(), stride.width(), padding.width());
    if (below < 0 || beside < 0) {
      return Kind.DROPPED_WINDOW;
    }
    return counts && padding.area() > 0 && below + beside > 0
        ? Kind.COUNTED_PADDING_IN_A_LARGER_WINDOW
        : Kind.CEIL;
  }

  /** How far the last window reaches beyond the padding; negative where one was dropped. */
  private static int excess(int in, int out, int kernel, int stride, int padding) {
    return (out - 1) * stride + kernel - in - 2 * padding;
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
    Size2d stride = new Size2d(1 + random.nextInt(9), 1 + random.nextInt(9));
    Size2d padding =
        new Size2d(random.nextInt(kernel.height() / 2 + 1), random.nextInt(kernel.width() / 2 + 1));
    boolean ceilMode = random.nextInt(4) > 0;
    Layer pool =
        random.nextInt(3) == 0
            ? new MaxPool2d(kernel, stride, padding, ceilMode)
            : new AvgPool2d(kernel, stride, padding, ceilMode, random.nextInt(4) > 0);
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
