package org.nin4j.data;

import java.util.random.RandomGenerator;

/**
 * A way to mix another image into each training image, after both have been augmented and
 * preprocessed. The target of a mixed image is split between the labels of the two images: see
 * {@link Batch#ratios()}. The other image and the random numbers for mixing are drawn anew in each
 * epoch; they depend only on the seed, the epoch, the index of the image and how often it has come
 * before in the epoch and, with {@link Sampling#BALANCED}, on the images of the epoch.
 */
public sealed interface Mixing permits Mixup, CutMix {
  /**
   * Mixes one image into another.
   *
   * @param shape the channels, height and width of both images, which are those of the network's
   *     input
   * @param images contains the image, floats in the order (C, H, W), which is replaced by the mixed
   *     image
   * @param offset index in {@code images} of the image's first float
   * @param other the image that is mixed in, floats in the order (C, H, W), from the array's start
   * @param random the source of random numbers
   * @return the share of the original image in the mixed one, 0 to 1
   */
  float apply(
      Preprocessing shape, float[] images, int offset, float[] other, RandomGenerator random);

  /**
   * {@return the parameter of the symmetric Beta distribution from which shares are drawn, 0.05 to
   * 4} With 1, all shares are equally likely; the smaller it is, the closer most shares are to 0 or
   * 1.
   */
  double alpha();
}
