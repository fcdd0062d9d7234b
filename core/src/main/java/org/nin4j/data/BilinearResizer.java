package org.nin4j.data;

/** Resizes by {@link ResizeAxis}: from the four pixels around each place. */
final class BilinearResizer implements Resizer {
  private final RecentAxes<ResizeAxis> verticals;
  private final RecentAxes<ResizeAxis> horizontals;
  private ResizeAxis vertical;
  private ResizeAxis horizontal;

  /** One row of the source, as the network will see its values, with its last pixel twice. */
  private float[] line = new float[0];

  /** The source rows above and below a row of the output, stretched to the output's width. */
  private float[] upper;

  private float[] lower;

  /** A row of the output: to compute it here and copy it is faster than to compute it in place. */
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

  /** From top to bottom, so that a source row that was the lower one is next the upper one. */
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

  /** Reads a row of the source and stretches it to the width of the output. */
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
