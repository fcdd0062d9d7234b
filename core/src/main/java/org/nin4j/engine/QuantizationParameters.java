package org.nin4j.engine;

/**
 * Scale and zero point of unsigned 8-bit integers: the integer q, from 0 to 255, represents the
 * real number {@code scale * (q - zeroPoint)}. PyTorch calls this the per-tensor affine
 * quantization of quint8. Two zero points are used: 0 for values that are never negative, as after
 * a ReLU, and 128 for all others, where q - 128 is a signed 8-bit integer and sums need no
 * correction.
 *
 * @param scale the distance between neighbouring numbers, positive and finite
 * @param zeroPoint the integer that represents 0: 0 or 128
 */
public record QuantizationParameters(float scale, int zeroPoint) {
  private static final int LARGEST = 255;
  private static final int MIDDLE = 128;

  /**
   * Checks the parameters.
   *
   * @param scale the distance between neighbouring numbers
   * @param zeroPoint the integer that represents 0
   * @throws IllegalArgumentException when the scale is not a positive normal number, or when the
   *     zero point is neither 0 nor 128
   */
  public QuantizationParameters {
    requireScale(scale);
    if (zeroPoint != 0 && zeroPoint != MIDDLE) {
      throw new IllegalArgumentException("a zero point must be 0 or 128, but is " + zeroPoint);
    }
  }

  /**
   * Returns the parameters with the smallest scale that represent a range: zero point 0 and scale
   * max / 255 where no number is negative, else zero point 128 and scale max(max, -min) / 127.
   *
   * @param min the smallest number to represent, at most 0
   * @param max the largest number to represent, at least 0
   * @return the parameters; with scale 1 where the range is empty
   */
  public static QuantizationParameters spanning(float min, float max) {
    float scale = min < 0 ? Math.max(max, -min) / (LARGEST - MIDDLE) : max / LARGEST;
    return new QuantizationParameters(scale < Float.MIN_NORMAL ? 1 : scale, min < 0 ? MIDDLE : 0);
  }

  static void requireScale(float scale) {
    if (!(scale >= Float.MIN_NORMAL && scale <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("a scale must be positive and finite, but is " + scale);
    }
  }

  /** {@return whether negative numbers can be represented: whether the zero point is 128} */
  public boolean isSigned() {
    return zeroPoint != 0;
  }

  /**
   * Rounds a number to the nearest one that can be represented, ties to the even integer.
   *
   * @param value any number
   * @return {@code scale * (q - zeroPoint)} with q = value / scale + zeroPoint, rounded and limited
   *     to 0 to 255
   */
  public float round(double value) {
    double q = Math.rint(value / scale) + zeroPoint;
    return (float) (scale * (Math.max(0, Math.min(LARGEST, q)) - zeroPoint));
  }
}
