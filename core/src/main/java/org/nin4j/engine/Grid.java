package org.nin4j.engine;

/**
 * The real numbers that integers from 0 to 255 stand for: {@code scale * (q - zeroPoint)}. PyTorch
 * calls it a per-tensor affine quantization of quint8.
 *
 * @param scale positive and finite
 * @param zeroPoint the integer that stands for 0, itself from 0 to 255; 0 behind a ReLU
 */
public record Grid(float scale, int zeroPoint) {
  /** The largest integer. */
  public static final int LARGEST = 255;

  public Grid {
    requireScale(scale);
    if (zeroPoint < 0 || zeroPoint > LARGEST) {
      throw new IllegalArgumentException("a zero point must be from 0 to 255, but is " + zeroPoint);
    }
  }

  static void requireScale(float scale) {
    if (!(scale >= Float.MIN_NORMAL && scale <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("a scale must be positive and finite, but is " + scale);
    }
  }

  /** The number nearest to a value; what lies outside goes to the nearest end. */
  public float round(double value) {
    double q = Math.rint(value / scale) + zeroPoint;
    return (float) (scale * (Math.max(0, Math.min(LARGEST, q)) - zeroPoint));
  }
}
