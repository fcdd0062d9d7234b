package org.nin4j.engine;

/**
 * Where the masks of Dropout layers come from, so that a training run, a resumed one and a check
 * can use the same.
 */
@FunctionalInterface
public interface DropoutMasks {
  /**
   * Fills the mask of one image with 0 for values to drop and 1 / (1 - p) for values to keep.
   *
   * @param layer index of the Dropout layer among those of the network, from 0
   * @param p probability of dropping a value
   * @param image index of the image in the pass, from 0
   * @param mask receives (C, H, W), or (features), of the layer's input from an offset on
   * @param offset index of the first value
   * @param length number of values to fill
   */
  void fill(int layer, float p, int image, float[] mask, int offset, int length);
}
