package org.nin4j.explain;

/**
 * A number for each cell of a grid over a network's input: how much what is there speaks for a
 * class (above 0) or against it (below 0).
 */
public final class HeatMap {
  private final CellGrid grid;
  private final float[] values;

  /**
   * Creates a map.
   *
   * @param grid where the cells lie
   * @param values (H, W) in row-major order; kept, not copied
   * @throws IllegalArgumentException when there is not one value for each cell
   */
  public HeatMap(CellGrid grid, float[] values) {
    if (values.length != grid.cells()) {
      throw new IllegalArgumentException(
          "a map of " + grid + " needs " + grid.cells() + " values, but got " + values.length);
    }
    this.grid = grid;
    this.values = values;
  }

  /** {@return where the cells lie in the network's input} */
  public CellGrid grid() {
    return grid;
  }

  /** {@return the number of rows} */
  public int height() {
    return grid.height();
  }

  /** {@return the number of columns} */
  public int width() {
    return grid.width();
  }

  /** {@return the values themselves, not a copy: (H, W) in row-major order} */
  public float[] values() {
    return values;
  }

  /**
   * Returns the value of a cell.
   *
   * @param row from 0
   * @param column from 0
   * @return the value
   * @throws IndexOutOfBoundsException when there is no such cell
   */
  public float at(int row, int column) {
    return values[row * width() + column];
  }

  /** {@return the largest value} */
  public float largest() {
    float largest = values[0];
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /** {@return the smallest value} */
  public float smallest() {
    float smallest = values[0];
    for (float value : values) {
      smallest = Math.min(smallest, value);
    }
    return smallest;
  }

  /** {@return the mean of the values} */
  public double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /**
   * Interpolates the map bilinearly between the centres of its cells, for a picture of the
   * network's input. Beyond the outermost centres the values stay the same.
   *
   * @param height rows of the picture, at least 1
   * @param width columns of the picture, at least 1
   * @return (height, width) in row-major order
   */
  public float[] resized(int height, int width) {
    float[] target = new float[height * width];
    for (int y = 0; y < height; y++) {
      double row = grid.rows().cellAt(y, height);
      int upper = (int) row;
      int lower = Math.min(upper + 1, height() - 1);
      for (int x = 0; x < width; x++) {
        double column = grid.columns().cellAt(x, width);
        int left = (int) column;
        int right = Math.min(left + 1, width() - 1);
        double above = between(at(upper, left), at(upper, right), column - left);
        double below = between(at(lower, left), at(lower, right), column - left);
        target[y * width + x] = (float) between(above, below, row - upper);
      }
    }
    return target;
  }

  private static double between(double from, double to, double part) {
    return from + (to - from) * part;
  }
}
