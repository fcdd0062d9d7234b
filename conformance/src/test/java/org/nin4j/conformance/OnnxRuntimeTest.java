package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.Trial;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** ONNX Runtime is asked what it should be asked. */
class OnnxRuntimeTest {
  @Test
  void aConvolutionOfOnesSumsItsKernel() {
    Trial trial =
        trial(new Conv2d(1, 1, 2), 3).with("0.0.weight", 1, 2, 3, 4).with("0.0.bias", 0.5f);
    assertArrayEquals(new double[] {10.5, 10.5, 10.5, 10.5}, OnnxRuntime.infer(trial).get());
  }

  @Test
  void aMaxPoolInCeilModeHasALastColumnAndRow() {
    Layer pool = new MaxPool2d(Size2d.of(2), Size2d.of(2), Size2d.of(0), true);
    assertArrayEquals(new double[] {1, 1, 1, 1}, OnnxRuntime.infer(trial(pool, 3)).get());
  }

  @Test
  void windowsOfDifferentSizesHaveNoOperator() {
    assertEquals(Optional.empty(), OnnxRuntime.infer(trial(new AdaptiveAvgPool2d(3), 5)));
  }

  /** From rows 1 to 2 and 2 to 3; each mean is over two rows. */
  @Test
  void windowsOfOneSizeThatOverlapHaveAnOperator() {
    Layer pool = new AdaptiveAvgPool2d(new Size2d(2, 1));
    Trial trial = Trial.of(Shape.of(1, 1, 3, 1), 1, pool).withImages(1, 3, 9);
    assertArrayEquals(new double[] {2, 6}, OnnxRuntime.infer(trial).get());
  }

  /**
   * The mean of a one and, in the last row, five zeros of padding. PyTorch's documentation: "zero
   * padding is included in the averaging calculation". From operator set 19 on, ONNX Runtime 1.23.2
   * takes the width of the padding for its height.
   */
  @Test
  void paddingCountsInAMean() {
    Layer pool = new AvgPool2d(new Size2d(6, 1), Size2d.of(1), new Size2d(3, 0), false, true);
    double[] means = OnnxRuntime.infer(trial(pool, 1)).get();
    assertArrayEquals(new double[] {1 / 6f, 1 / 6f}, means, 1e-8);
  }

  private static Trial trial(Layer layer, int side) {
    Trial trial = Trial.of(Shape.of(1, 1, side, side), 1, layer);
    float[] ones = new float[side * side];
    Arrays.fill(ones, 1);
    return trial.withImages(ones);
  }
}
