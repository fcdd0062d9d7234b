package org.nin4j.data;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nin4j.internal.SplitMix64;

/**
 * One use of an image in one epoch of a training: everything that an {@link Augmentation} may
 * depend on besides the image itself. Reused for one image after another, so that nothing is
 * allocated; belongs to one thread at a time.
 */
public final class ImageVisit {
  /** Used instead of the number of an epoch to seed random numbers that all epochs share. */
  private static final long EVERY_EPOCH = -1;

  private final long seed;
  private final byte[] neutral;
  private final SplitMix64 random = new SplitMix64();
  private final SplitMix64 persistent = new SplitMix64();
  private int epoch;
  private int repeat;

  /**
   * Creates a visit of image 0 in epoch 0.
   *
   * @param seed the seed of the training
   * @param preprocessing how augmented images are converted to the network's input; gives the
   *     values of erased pixels
   */
  public ImageVisit(long seed, Preprocessing preprocessing) {
    this.seed = seed;
    neutral = neutral(preprocessing);
    begin(0, 0, 0);
  }

  /**
   * Returns, for each channel, the pixel value that is closest to zero after preprocessing. For
   * SubtractMean it is that of the mean image's average. GlobalContrastNormalization subtracts the
   * mean of the image, for which mid-grey stands.
   */
  private static byte[] neutral(Preprocessing preprocessing) {
    byte[] neutral = new byte[preprocessing.channels()];
    List<PreprocessingStep> steps = preprocessing.valueSteps();
    for (int c = 0; c < neutral.length && !steps.isEmpty(); c++) {
      neutral[c] = (byte) Math.round(255 * Math.max(0, Math.min(1, level(steps.get(0), c))));
    }
    return neutral;
  }

  private static float level(PreprocessingStep first, int channel) {
    if (first instanceof Normalize normalize) {
      return normalize.mean().get(channel);
    }
    return first instanceof SubtractMean mean ? mean.mean(channel) : 0.5f;
  }

  /**
   * Moves on to another image and restarts the random numbers for it.
   *
   * @param newEpoch number of the epoch, from 0
   * @param index index of the image in its data set, from 0
   * @param newRepeat how often the image has come before in this epoch, from 0
   */
  public void begin(int newEpoch, int index, int newRepeat) {
    epoch = newEpoch;
    repeat = newRepeat;
    random.seed(seed, occasion(epoch, repeat), index + 1L);
    persistent.seed(seed, EVERY_EPOCH, index + 1L);
  }

  /**
   * Returns a number that tells the uses of an image apart; in its first of an epoch, the epoch.
   */
  static long occasion(int epoch, int repeat) {
    return ((long) repeat << Integer.SIZE) + epoch;
  }

  /** {@return the number of the epoch, from 0} */
  public int epoch() {
    return epoch;
  }

  /** {@return how often the image has come before in this epoch, from 0} */
  public int repeat() {
    return repeat;
  }

  /**
   * Returns a generator of random numbers that differ from visit to visit. For reproducible results
   * use only {@link RandomGenerator#nextInt(int)} and {@link RandomGenerator#nextDouble()}: this
   * generator implements them itself, so that they are the same in every version of Java.
   *
   * @return the generator, restarted by {@link #begin}
   */
  public RandomGenerator random() {
    return random;
  }

  /**
   * Returns a generator of random numbers that are the same in every visit, for choices that are
   * made once for each image. The restrictions of {@link #random()} apply.
   *
   * @return the generator, restarted by {@link #begin}
   */
  public RandomGenerator persistentRandom() {
    return persistent;
  }

  /**
   * Returns the pixel value that is closest to zero after normalisation, as an unsigned byte.
   *
   * @param channel channel of the image, from 0; if the network's input has one channel, all
   *     channels have the same value
   */
  byte neutral(int channel) {
    return neutral[Math.min(channel, neutral.length - 1)];
  }

  /** Draws a number uniformly from an interval. */
  double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** Draws true with probability p. */
  boolean happens(double p) {
    return random.nextDouble() >= 1 - p;
  }
}
