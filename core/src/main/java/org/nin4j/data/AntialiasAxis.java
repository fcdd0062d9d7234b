package org.nin4j.data;

/**
 * Antialiased bilinear resizing along one axis, as in PyTorch's {@code interpolate(mode="bilinear",
 * align_corners=False, antialias=True)} and in PIL: an output pixel is a weighted mean of source
 * pixels. The weights form a triangle around the centre of the output pixel; half its width is one
 * pixel of the source or of the output, whichever is larger.
 */
final class AntialiasAxis extends Axis {
  /** For each output pixel, the index of the first source pixel with a weight. */
  final int[] start;

  /** For each output pixel, the index after the last source pixel with a weight. */
  final int[] end;

  /** For each output pixel, the index in {@link #weights} of its first weight. */
  final int[] offset;

  /** The weights of all output pixels, one after another; those of an output pixel sum to 1. */
  final float[] weights;

  /** The largest number of consecutive output pixels to which one source pixel contributes. */
  final int overlap;

  /**
   * @param in length of the source, in pixels
   * @param out length to which the whole source would be resized, in pixels
   * @param first the first output pixel to compute
   * @param count number of output pixels to compute
   */
  AntialiasAxis(int in, long out, long first, int count) {
    super(in, out, first);
    double scale = (double) in / out;
    double support = Math.max(scale, 1);
    start = new int[count];
    end = new int[count];
    offset = new int[count];
    int length = 0;
    for (int i = 0; i < count; i++) {
      double centre = scale * (first + i + 0.5);
      start[i] = Math.max(0, (int) (centre - support + 0.5));
      end[i] = Math.min(in, (int) (centre + support + 0.5));
      offset[i] = length;
      length += end[i] - start[i];
    }
    weights = new float[length];
    for (int i = 0; i < count; i++) {
      weigh(i, scale * (first + i + 0.5), support);
    }
    overlap = overlap();
  }

  private void weigh(int i, double centre, double support) {
    double sum = 0;
    for (int source = start[i]; source < end[i]; source++) {
      sum += triangle((source + 0.5 - centre) / support);
    }
    for (int source = start[i]; source < end[i]; source++) {
      weights[offset[i] + source - start[i]] =
          (float) (triangle((source + 0.5 - centre) / support) / sum);
    }
  }

  private static double triangle(double distance) {
    return Math.max(0, 1 - Math.abs(distance));
  }

  private int overlap() {
    int most = 1;
    int oldest = 0;
    for (int i = 0; i < end.length; i++) {
      while (end[oldest] <= start[i]) {
        oldest++;
      }
      most = Math.max(most, i - oldest + 1);
    }
    return most;
  }
}
