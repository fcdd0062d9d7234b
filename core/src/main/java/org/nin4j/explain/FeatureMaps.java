package org.nin4j.explain;

/** The output of a layer for one image: a map for each channel. */
public final class FeatureMaps {
  private final String layer;
  private final int channels;
  private final CellGrid grid;
  private final float[] values;

  FeatureMaps(String layer, int channels, CellGrid grid, float[] values) {
    this.layer = layer;
    this.channels = channels;
    this.grid = grid;
    this.values = values;
  }

  /** {@return PyTorch's path of the layer, such as {@code 3.4}} */
  public String layer() {
    return layer;
  }

  /** {@return the number of maps} */
  public int channels() {
    return channels;
  }

  /** {@return where the cells of each map lie in the network's input} */
  public CellGrid grid() {
    return grid;
  }

  /** {@return the values themselves, not a copy: (C, H, W) in row-major order} */
  public float[] values() {
    return values;
  }

  /**
   * Returns the map of a channel.
   *
   * @param channel from 0
   * @return a copy of its values
   * @throws IndexOutOfBoundsException when there is no such channel
   */
  public HeatMap map(int channel) {
    float[] copy = new float[grid.cells()];
    System.arraycopy(values, channel * copy.length, copy, 0, copy.length);
    return new HeatMap(grid, copy);
  }
}
