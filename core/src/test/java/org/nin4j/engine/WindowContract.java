package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * Layers with windows, on examples worked out with pencil and paper from the formulas of PyTorch's
 * documentation.
 */
interface WindowContract {
  float ROUNDING = 1e-5f;

  Engine engine();

  private void assertPutsOut(Trial trial, float... expected) {
    Outcome outcome = trial.run(engine());
    assertArrayEquals(expected, outcome.logits, ROUNDING);
    assertArrayEquals(expected, outcome.inferenceLogits, ROUNDING);
  }

  /** 1, 2, 3, ... row by row. */
  private static float[] counting(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  // Padded: rows and columns -1 to 3; windows start at -1 and 1. Upper left: only 1*4. Upper
  // right: 2*3 + 3*4. Lower left: 4*2 + 7*4. Lower right: 5*1 + 6*2 + 8*3 + 9*4. Bias 0.5.
  @Test
  default void aConvolutionStridesOverThePaddedImageAndAddsItsBias() {
    Trial trial = Trial.of(Shape.of(1, 1, 3, 3), 1, new Conv2d(1, 1, 2, 2, 1));
    trial.withImages(counting(9)).with("0.0.weight", 1, 2, 3, 4).with("0.0.bias", 0.5f);
    assertPutsOut(trial, 4.5f, 18.5f, 36.5f, 77.5f);
  }

  // The image is (1 2 3; 4 5 6; 7 8 9); a 1x2 kernel (1 10) at stride (2, 1), padding (0, 1):
  // rows 0 and 2, columns -1 to 2.
  @Test
  default void aRectangularKernelKeepsRowsAndColumnsApart() {
    Conv2d layer = new Conv2d(1, 1, new Size2d(1, 2), new Size2d(2, 1), new Size2d(0, 1), false);
    Trial trial = Trial.of(Shape.of(1, 1, 3, 3), 1, layer);
    trial.withImages(counting(9)).with("0.0.weight", 1, 10);
    assertPutsOut(trial, 10, 21, 32, 3, 70, 87, 98, 9);
  }

  // Two pixels, (1 2) in channel 0 and (10 20) in channel 1. Output channel 0: 3*x0 + 4*x1 + 100;
  // output channel 1: 5*x0 + 6*x1 + 200.
  @Test
  default void aOneByOneConvolutionConnectsAllChannelsAtEveryPixel() {
    Trial trial = Trial.of(Shape.of(1, 2, 1, 2), 1, new Conv2d(2, 2, 1));
    trial.withImages(1, 2, 10, 20).with("0.0.weight", 3, 4, 5, 6).with("0.0.bias", 100, 200);
    assertPutsOut(trial, 143, 186, 265, 330);
  }

  // Size 3, kernel 2, stride 2, padding 1: rounding up gives 3 windows, at -1, 1 and 3; the third
  // would start in the padding.
  @Test
  default void aMaxPoolInCeilModeDropsWindowsThatStartInThePadding() {
    MaxPool2d layer = new MaxPool2d(Size2d.of(2), Size2d.of(2), Size2d.of(1), true);
    Trial trial = Trial.of(Shape.of(1, 1, 3, 3), 1, layer).withImages(counting(9));
    assertPutsOut(trial, 1, 3, 7, 9);
  }

  // Size 4, kernel 3, stride 2, padding 1: windows over rows (and columns) 0-1, 1-3 and 3.
  @Test
  default void thePaddingOfAMaxPoolNeverWinsOverNegativeValues() {
    float[] negative = counting(16);
    for (int i = 0; i < negative.length; i++) {
      negative[i] = -negative[i];
    }
    MaxPool2d layer = new MaxPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(1), true);
    Trial trial = Trial.of(Shape.of(1, 1, 4, 4), 1, layer).withImages(negative);
    assertPutsOut(trial, -1, -2, -4, -5, -6, -8, -13, -14, -16);
  }

  @Test
  default void theFirstOfEqualMaximaTakesTheGradient() {
    Trial trial = Trial.of(Shape.of(1, 1, 2, 4), 1, new MaxPool2d(2, 2));
    trial.withImages(5, 5, 1, 7, 5, 5, 7, 7).withLogitsGradient(3, 4);
    assertArrayEquals(
        new float[] {3, 0, 0, 4, 0, 0, 0, 0}, trial.run(engine()).imagesGradient, ROUNDING);
  }

  // Windows as in thePaddingOfAMaxPool...; sums 14 30 12, 57 99 36, 27 45 16. The padding is 1
  // wide, so the last window counts 2 rows (and columns) of its 3: divisors 9 9 6, 9 9 6, 6 6 4.
  @Test
  default void anAvgPoolThatCountsPaddingLeavesOutWhatLiesBeyondIt() {
    AvgPool2d layer = new AvgPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(1), true, true);
    Trial trial = Trial.of(Shape.of(1, 1, 4, 4), 1, layer).withImages(counting(16));
    assertPutsOut(trial, 14 / 9f, 30 / 9f, 2, 57 / 9f, 11, 6, 4.5f, 7.5f, 4);
  }

  // The same sums over the pixels alone: divisors 4 6 2, 6 9 3, 2 3 1.
  @Test
  default void anAvgPoolThatDoesNotCountPaddingDividesByThePixels() {
    AvgPool2d layer = new AvgPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(1), true, false);
    Trial trial = Trial.of(Shape.of(1, 1, 4, 4), 1, layer).withImages(counting(16));
    assertPutsOut(trial, 3.5f, 5, 6, 9.5f, 11, 12, 13.5f, 15, 16);
  }

  // Rows 5 to 3: 0-1, 1-3, 3-4. Columns 7 to 4: 0-1, 1-3, 3-5, 5-6. The pixels are products of
  // (1 2 4 8 16) and (1 4 9 16 25 36 49), so each mean is one of (3/2 14/3 12) times one of
  // (5/2 29/3 77/3 85/2).
  @Test
  default void anAdaptivePoolCoversTheImageWithWindowsOfUnequalSize() {
    float[] image = new float[35];
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 7; x++) {
        image[y * 7 + x] = (1 << y) * (x + 1) * (x + 1);
      }
    }
    AdaptiveAvgPool2d layer = new AdaptiveAvgPool2d(new Size2d(3, 4));
    assertArrayEquals(
        new float[] {
          3.75f, 14.5f, 38.5f, 63.75f, //
          35 / 3f, 406 / 9f, 1078 / 9f, 595 / 3f, //
          30, 116, 308, 510
        },
        Trial.of(Shape.of(1, 1, 5, 7), 1, layer).withImages(image).infer(engine()),
        1e-4f); // 510 has a rounding of 3e-5
  }

  // Extent 2 to 3: windows 0, 0-1, 1.
  @Test
  default void anAdaptivePoolMayPutOutMoreThanItTakesIn() {
    Trial trial = Trial.of(Shape.of(1, 1, 1, 2), 1, new AdaptiveAvgPool2d(new Size2d(1, 3)));
    assertPutsOut(trial.withImages(4, 10), 4, 7, 10);
  }
}
