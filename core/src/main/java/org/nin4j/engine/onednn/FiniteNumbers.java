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
   * Overwrites the logits of each image that has a value that is not finite with NaN.
   *
   * @param images (count, ...) from an offset on
   * @param logits (count, classes) from an offset on
   */
  static void mark(
      float[] images,
      int offset,
      int perImage,
      int count,
      float[] logits,
      int logitsOffset,
      int classes) {
    for (int n = 0; n < count; n++) {
      int image = offset + n * perImage;
      if (!in(images, image, image + perImage)) {
        int row = logitsOffset + n * classes;
        Arrays.fill(logits, row, row + classes, Float.NaN);
      }
    }
  }
}
