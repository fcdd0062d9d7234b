package org.nin4j.data;

import java.util.random.RandomGenerator;

/**
 * A way to mix another image into each training image, after both have been augmented and
 * preprocessed. The target of the mixed image is shared between the labels of the two: see {@link
 * Batch#ratios()}. Which image is mixed in, and how, is drawn anew in each epoch, as a function of
 * seed, epoch and image.
 */
public sealed interface Mixing permits Mixup, CutMix {
  /**
   * Mixes one image into another.
   *
   * @param shape the sizes of both images, the network's input
   * @param images receives the mixed image, (C, H, W), instead of the one that it holds
   * @param offset where in the array that one begins
   * @param other the image that is mixed in, (C, H, W), from the array's start
   * @param random where random numbers are drawn from
   * @return the share that the image itself has in the mixed one, 0 to 1
   */
  float apply(
      Preprocessing shape, float[] images, int offset, float[] other, RandomGenerator random);

  /**
   * Returns the parameter of the symmetric Beta distribution that shares are drawn from: at 1 every
   * share is equally likely, below it most images are hardly mixed.
   */
  double alpha();
}
