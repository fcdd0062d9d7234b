package org.nin4j.data;

/**
 * Antialiased bilinear resizing along one axis, as PyTorch's {@code interpolate(mode="bilinear",
 * align_corners=False, antialias=True)} and PIL have it: an output pixel is a mean of source pixels
 * with the weights of a triangle around its centre, whose half width is one pixel, of the source or
 * of the output, whichever is larger.
 */
final class AntialiasAxis extends Axis {
  /** For each output pixel: the index of the first source pixel that counts. */
  final int[] start;

  /** The index after the last source pixel that counts. */
  final int[] end;

  /** Where in {@link #weights} those of an output pixel begin. */
  final int[] offset;

  /** The weights of the source pixels of one output pixel after another; their sum is 1. */
  final float[] weights;

  /** The largest number of successive output pixels that one source pixel counts for. */
  final int overlap;

  /**
   * @param count number of output pixels wanted
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
