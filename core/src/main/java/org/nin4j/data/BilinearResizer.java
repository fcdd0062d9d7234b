package org.nin4j.data;

/**
 * Bilinear resizing by {@link ResizeAxis}: each output pixel is computed from four source pixels.
 */
final class BilinearResizer implements Resizer {
  private final RecentAxes<ResizeAxis> verticals;
  private final RecentAxes<ResizeAxis> horizontals;
  private ResizeAxis vertical;
  private ResizeAxis horizontal;

  /** One row of the source, scaled and normalised, with its last pixel repeated. */
  private float[] line = new float[0];

  /** The source rows above and below an output row, resized to the output's width. */
  private float[] upper;

  private float[] lower;

  /** One output row; computing it here and copying it is faster than computing it in place. */
  private final float[] row;

  /**
   * @param height rows of the output
   * @param width columns of the output
   */
  BilinearResizer(int height, int width) {
    verticals = new RecentAxes<>(ResizeAxis::new, height);
    horizontals = new RecentAxes<>(ResizeAxis::new, width);
    upper = new float[width];
    lower = new float[width];
    row = new float[width];
  }

  @Override
  public void frame(Framing framing) {
    vertical = verticals.axis(framing.height, framing.resizedHeight, framing.top);
    horizontal = horizontals.axis(framing.width, framing.resizedWidth, framing.left);
    line = line.length <= framing.width ? new float[framing.width + 1] : line;
  }

  /** Goes from top to bottom, so that the lower source row is reused as the next upper one. */
  @Override
  public void resize(byte[] source, int plane, float[] level, float[] target, int offset) {
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < vertical.low.length; y++) {
      int low = vertical.low[y];
      int high = vertical.high[y];
      if (low != upperRow) {
        if (low == lowerRow) {
          float[] swapped = upper;
          upper = lower;
          lower = swapped;
          lowerRow = -1;
        } else {
          stretch(source, plane, low, level, upper);
        }
        upperRow = low;
      }
      if (high != low && high != lowerRow) {
        stretch(source, plane, high, level, lower);
        lowerRow = high;
      }
      blend(upper, high == low ? upper : lower, vertical.highWeight[y], row);
      System.arraycopy(row, 0, target, offset + y * row.length, row.length);
    }
  }

  /** Reads a row of the source and resizes it to the width of the output. */
  private void stretch(byte[] source, int plane, int y, float[] level, float[] target) {
    int width = horizontal.in;
    int start = plane + y * width;
    for (int x = 0; x < width; x++) {
      line[x] = level[source[start + x] & 0xFF];
    }
    line[width] = line[width - 1];
    interpolate(line, horizontal.low, horizontal.highWeight, target);
  }

  private static void interpolate(float[] line, int[] low, float[] highWeight, float[] target) {
    for (int x = 0; x < target.length; x++) {
      float weight = highWeight[x];
      int left = low[x];
      target[x] = (1 - weight) * line[left] + weight * line[left + 1];
    }
  }

  private static void blend(float[] low, float[] high, float highWeight, float[] target) {
    float lowWeight = 1 - highWeight;
    for (int x = 0; x < target.length; x++) {
      target[x] = lowWeight * low[x] + highWeight * high[x];
    }
  }
}
