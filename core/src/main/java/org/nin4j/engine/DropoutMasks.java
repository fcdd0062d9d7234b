package org.nin4j.engine;

/**
 * Where the masks of Dropout layers come from, so that a training run, a resumed one and a check
 * can use the same.
 */
@FunctionalInterface
public interface DropoutMasks {
  /**
   * Fills a mask with 0 for values to drop and 1 / (1 - p) for values to keep.
   *
   * @param layer index of the Dropout layer among those of the network, from 0
   * @param p probability of dropping a value
   * @param mask (N, C, H, W), or (N, features), of the layer's input; may be longer
   * @param length number of values to fill
   */
  void fill(int layer, float p, float[] mask, int length);
}
