package org.nin4j.data;

import java.util.random.RandomGenerator;
import org.nin4j.internal.SplitMix64;

/**
 * One image in one epoch of a training: all that an {@link Augmentation} may depend on besides the
 * image itself. Reused from image to image, so that nothing is allocated; belongs to one thread at
 * a time.
 */
public final class ImageVisit {
  /** Takes an epoch's place in the seed of what is the same in every epoch. */
  private static final long EVERY_EPOCH = -1;

  private final long seed;
  private final byte[] neutral;
  private final SplitMix64 random = new SplitMix64();
  private final SplitMix64 lasting = new SplitMix64();
  private int epoch;

  /**
   * Creates a visit, which begins with the first image of the first epoch.
   *
   * @param seed the seed of the training
   * @param preprocessing how the augmented images become the network's input
   */
  public ImageVisit(long seed, Preprocessing preprocessing) {
    this.seed = seed;
    neutral = new byte[preprocessing.channels()];
    for (int c = 0; c < neutral.length; c++) {
      float level = Math.max(0, Math.min(1, preprocessing.mean().get(c)));
      neutral[c] = (byte) Math.round(255 * level);
    }
    begin(0, 0);
  }

  /**
   * Goes on to another image, and starts the random numbers that belong to it.
   *
   * @param newEpoch number of the epoch, from 0
   * @param index index of the image in its data set
   */
  public void begin(int newEpoch, int index) {
    epoch = newEpoch;
    random.seed(seed, newEpoch, index + 1L);
    lasting.seed(seed, EVERY_EPOCH, index + 1L);
  }

  /** Returns the number of the epoch, from 0. */
  public int epoch() {
    return epoch;
  }

  /**
   * Returns where random numbers are drawn from that differ from epoch to epoch. For reproducible
   * results draw through {@link RandomGenerator#nextInt(int)} and {@link
   * RandomGenerator#nextDouble()} alone: this generator computes these itself, so that they are the
   * same on every version of Java.
   */
  public RandomGenerator random() {
    return random;
  }

  /**
   * Returns where random numbers are drawn from that are the same in every epoch: for properties of
   * an image that last. The restrictions of {@link #random()} apply.
   */
  public RandomGenerator lasting() {
    return lasting;
  }

  /**
   * Returns the pixel value that normalisation makes zero, as nearly as a byte can: an unsigned
   * byte.
   *
   * @param channel channel of the image, from 0; where the network has one channel, its value
   *     stands for each
   */
  byte neutral(int channel) {
    return neutral[Math.min(channel, neutral.length - 1)];
  }

  /** Draws a number between two, each equally likely. */
  double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** Draws true with a probability. */
  boolean happens(double p) {
    return random.nextDouble() >= 1 - p;
  }
}
