package org.nin4j.engine;

/**
 * Draws the masks of the Dropout layers of a network. A training run, a run that is resumed, and a
 * check can so use the same masks.
 */
@FunctionalInterface
public interface DropoutMasks {
  /**
   * Fills the mask of one layer for one image: with 0 for the values to drop, and with 1 / (1 - p)
   * for the values to keep.
   *
   * @param layer index of the Dropout layer among the Dropout layers of the network, from 0
   * @param p probability of dropping a value, 0 to below 1
   * @param image index of the image in the pass, from 0
   * @param mask receives the mask, in the order of the layer's input: (C, H, W) or (features)
   * @param offset index in {@code mask} of the first value to fill
   * @param length number of values to fill
   */
  void fill(int layer, float p, int image, float[] mask, int offset, int length);
}
