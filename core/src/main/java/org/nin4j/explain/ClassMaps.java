package org.nin4j.explain;

/**
 * The class maps of an image: what the network finds for each class at each position (Lin, Chen and
 * Yan, 2013, section 3.2). A Network in Network ends in a convolution with one map for each class,
 * in most networks a ReLU, and a global average. So the logit of a class is the mean of its map:
 *
 * <pre>{@code logit(c) = 1 / (H W) * sum over (y, x) of afterRelu(c, y, x)}</pre>
 *
 * <p>and the maps are not an approximation of what the network does, but a part of it.
 */
public final class ClassMaps {
  private final FeatureMaps beforeRelu;
  private final FeatureMaps afterRelu;

  ClassMaps(FeatureMaps beforeRelu, FeatureMaps afterRelu) {
    this.beforeRelu = beforeRelu;
    this.afterRelu = afterRelu;
  }

  /** {@return the number of classes} */
  public int classes() {
    return afterRelu.channels();
  }

  /** {@return where the cells of each map lie in the network's input} */
  public CellGrid grid() {
    return afterRelu.grid();
  }

  /** {@return whether the maps go through a ReLU before they are averaged} */
  public boolean hasRelu() {
    return !beforeRelu.layer().equals(afterRelu.layer());
  }

  /**
   * Returns the map of a class before the last ReLU: evidence for the class where it is positive,
   * and against it where it is negative. The last ReLU, where the network has one, sets the
   * negative values to 0.
   *
   * @param label index of the class, from 0
   * @return (H, W)
   * @throws IndexOutOfBoundsException when there is no such class
   */
  public HeatMap beforeRelu(int label) {
    return beforeRelu.map(label);
  }

  /**
   * Returns the map of a class whose mean is its logit: that after the last ReLU, or the same as
   * {@link #beforeRelu} in a network without it.
   *
   * @param label index of the class, from 0
   * @return (H, W)
   * @throws IndexOutOfBoundsException when there is no such class
   */
  public HeatMap afterRelu(int label) {
    return afterRelu.map(label);
  }
}
