package org.nin4j.engine.onednn;

import java.util.Arrays;

/**
 * Looks for NaN and infinities before they reach oneDNN, whose ReLU and max pooling take NaN for 0
 * or pass over it: what came out would look like an answer.
 */
final class FiniteNumbers {
  private static final int LANES = 8;

  private FiniteNumbers() {}

  /**
   * Whether all values of a range are finite: 0 times anything else is NaN, and stays it in a sum.
   * In lanes, so that additions need not wait for one another.
   */
  static boolean in(float[] values, int from, int to) {
    int whole = from + (to - from) / LANES * LANES;
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    for (int i = from; i < whole; i += LANES) {
      a += 0 * values[i];
      b += 0 * values[i + 1];
      c += 0 * values[i + 2];
      d += 0 * values[i + 3];
      e += 0 * values[i + 4];
      f += 0 * values[i + 5];
      g += 0 * values[i + 6];
      h += 0 * values[i + 7];
    }
    for (int i = whole; i < to; i++) {
      a += 0 * values[i];
    }
    return (a + b) + (c + d) + (e + f) + (g + h) == 0;
  }

  /**
   * Overwrites what was computed of each image that has an input that is not finite with NaN.
   *
   * @param inputs (count, inputsOfImage) from an offset on
   * @param outputs (count, outputsOfImage) from an offset on
   */
  static void mark(
      float[] inputs,
      int offset,
      int inputsOfImage,
      int count,
      float[] outputs,
      int outputsOffset,
      int outputsOfImage) {
    for (int n = 0; n < count; n++) {
      int image = offset + n * inputsOfImage;
      if (!in(inputs, image, image + inputsOfImage)) {
        int row = outputsOffset + n * outputsOfImage;
        Arrays.fill(outputs, row, row + outputsOfImage, Float.NaN);
      }
    }
  }
}
