package org.nin4j.data;

/**
 * Bilinear resizing along one axis, as PyTorch's {@code interpolate(mode="bilinear",
 * align_corners=False, antialias=False)} does it, in single precision as well: the centre of output
 * pixel i is at source coordinate {@code max(0, (i + 0.5) * in / out - 0.5)}.
 */
final class ResizeAxis extends Axis {
  /** For each output pixel, the index of the source pixel at or before its centre. */
  final int[] low;

  /** For each output pixel, the index of the next source pixel, or {@link #low} at the end. */
  final int[] high;

  /** For each output pixel, the weight w of {@link #high}; that of {@link #low} is 1 - w. */
  final float[] highWeight;

  /**
   * @param in length of the source, in pixels
   * @param out length to which the whole source would be resized, in pixels
   * @param first the first output pixel to compute
   * @param count number of output pixels to compute
   */
  ResizeAxis(int in, long out, long first, int count) {
    super(in, out, first);
    low = new int[count];
    high = new int[count];
    highWeight = new float[count];
    float scale = (float) in / out;
    for (int i = 0; i < count; i++) {
      float source = Math.max(0f, scale * (first + i + 0.5f) - 0.5f);
      low[i] = Math.min((int) source, in - 1);
      high[i] = Math.min(low[i] + 1, in - 1);
      highWeight[i] = Math.min(source - low[i], 1f);
    }
  }
}
