package org.nin4j.data;

/**
 * Antialiased bilinear resizing by {@link AntialiasAxis}, vertically first: each row of the source
 * is read once and added to the few output rows to which it contributes, so that the inner loops
 * run over contiguous memory.
 */
final class AntialiasResizer implements Resizer {
  private final RecentAxes<AntialiasAxis> verticals;
  private final RecentAxes<AntialiasAxis> horizontals;
  private AntialiasAxis vertical;
  private AntialiasAxis horizontal;

  /** One row of the source, scaled and normalised. */
  private float[] line = new float[0];

  /** (overlap, W of the source): unfinished sums of output rows; row y is at y % overlap. */
  private float[][] sums = new float[0][];

  /**
   * @param height rows of the output
   * @param width columns of the output
   */
  AntialiasResizer(int height, int width) {
    verticals = new RecentAxes<>(AntialiasAxis::new, height);
    horizontals = new RecentAxes<>(AntialiasAxis::new, width);
  }

  @Override
  public void frame(Framing framing) {
    vertical = verticals.axis(framing.height, framing.resizedHeight, framing.top);
    horizontal = horizontals.axis(framing.width, framing.resizedWidth, framing.left);
    int width = Math.max(framing.width, line.length);
    if (width > line.length || vertical.overlap > sums.length) {
      line = new float[width];
      sums = new float[Math.max(vertical.overlap, sums.length)][width];
    }
  }

  @Override
  public void resize(byte[] source, int plane, float[] level, float[] target, int offset) {
    int rows = vertical.start.length;
    int columns = horizontal.start.length;
    int left = horizontal.start[0];
    int right = horizontal.end[columns - 1];
    int open = 0;
    for (int y = vertical.start[0]; y < vertical.end[rows - 1]; y++) {
      int from = plane + y * horizontal.in;
      for (int x = left; x < right; x++) {
        line[x] = level[source[from + x] & 0xFF];
      }
      for (int row = open; row < rows && vertical.start[row] <= y; row++) {
        float[] sum = sums[row % vertical.overlap];
        float weight = vertical.weights[vertical.offset[row] + y - vertical.start[row]];
        if (y == vertical.start[row]) {
          scale(line, weight, sum, left, right);
        } else {
          add(line, weight, sum, left, right);
        }
      }
      while (open < rows && vertical.end[open] == y + 1) {
        resampleRow(sums[open % vertical.overlap], target, offset + open * columns);
        open++;
      }
    }
  }

  private static void scale(float[] line, float weight, float[] sum, int left, int right) {
    for (int x = left; x < right; x++) {
      sum[x] = weight * line[x];
    }
  }

  private static void add(float[] line, float weight, float[] sum, int left, int right) {
    for (int x = left; x < right; x++) {
      sum[x] += weight * line[x];
    }
  }

  private void resampleRow(float[] sum, float[] target, int offset) {
    float[] weights = horizontal.weights;
    for (int x = 0; x < horizontal.start.length; x++) {
      float value = 0;
      int weight = horizontal.offset[x];
      for (int from = horizontal.start[x]; from < horizontal.end[x]; from++) {
        value += weights[weight++] * sum[from];
      }
      target[offset + x] = value;
    }
  }
}
