package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.engine.Precision;
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
    assertEquals(Optional.empty(), OnnxRuntime.infer(trial(new AdaptiveAvgPool2d(2), 3)));
  }

  /**
   * The mean of a one and, in the last row, five zeros of padding. PyTorch's documentation: "zero
   * padding is included in the averaging calculation".
   */
  @Test
  void onnxRuntimeDoesNotCountAllPaddingInAMean() {
    Layer pool = new AvgPool2d(new Size2d(6, 1), Size2d.of(1), new Size2d(3, 0), false, true);
    Trial trial = trial(pool, 1);
    assertArrayEquals(
        new float[] {1 / 6f, 1 / 6f},
        trial.run(Engines.reference(), Precision.FP32).inferenceLogits);
    assertTrue(OnnxRuntime.infer(trial).get()[1] > 0.19, "ONNX Runtime counts as PyTorch now");
    assertTrue(OnnxRuntime.deviates(trial.network));
  }

  private static Trial trial(Layer layer, int side) {
    Trial trial = Trial.of(Shape.of(1, 1, side, side), 1, layer);
    float[] ones = new float[side * side];
    Arrays.fill(ones, 1);
    return trial.withImages(ones);
  }
}
