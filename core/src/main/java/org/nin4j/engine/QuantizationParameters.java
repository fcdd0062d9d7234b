package org.nin4j.engine;

/**
 * The real numbers that integers from 0 to 255 stand for: {@code scale * (q - zeroPoint)}. PyTorch
 * calls it a per-tensor affine quantization of quint8. Of its zero points two are used: 0 for what
 * comes out of a ReLU and the like, and 128, with which the integers are signed ones of 8 bits and
 * need no correction of the sums.
 *
 * @param scale positive and finite
 * @param zeroPoint the integer that stands for 0: 0 or 128
 */
public record QuantizationParameters(float scale, int zeroPoint) {
  private static final int LARGEST = 255;
  private static final int MIDDLE = 128;

  public QuantizationParameters {
    requireScale(scale);
    if (zeroPoint != 0 && zeroPoint != MIDDLE) {
      throw new IllegalArgumentException("a zero point must be 0 or 128, but is " + zeroPoint);
    }
  }

  /**
   * Those with the smallest scale whose integers reach these numbers.
   *
   * @param min 0 where no number is negative, or below
   * @param max 0 or above
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

  /** Whether integers stand for negative numbers too. */
  public boolean isSigned() {
    return zeroPoint != 0;
  }

  /** The number nearest to a value; what lies outside goes to the nearest end. */
  public float round(double value) {
    double q = Math.rint(value / scale) + zeroPoint;
    return (float) (scale * (Math.max(0, Math.min(LARGEST, q)) - zeroPoint));
  }
}
