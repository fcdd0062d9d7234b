package org.nin4j.train.internal;

import org.nin4j.engine.DropoutMasks;
import org.nin4j.internal.SplitMix64;

/**
 * Dropout masks that are a function of the seed, the epoch, the image, how often it has come before
 * in the epoch, and the layer. So a resumed training draws the same masks, and so does one on
 * another number of threads or another machine. For use by one thread at a time.
 */
public final class SeededDropout implements DropoutMasks {
  private final long seed;
  private final SplitMix64 random = new SplitMix64();
  private int epoch;
  private int[] images = {};
  private int[] repeats = {};
  private int first;

  /**
   * Creates the masks of a training.
   *
   * @param seed the seed of the training
   */
  public SeededDropout(long seed) {
    this.seed = seed;
  }

  /**
   * Sets the forward pass whose masks are drawn next.
   *
   * @param newEpoch index of the epoch, from 0
   * @param newImages indices in the data set of the images of a batch
   * @param newRepeats for each of these images, how often it has come before in the epoch
   * @param newFirst index in {@code newImages} of the pass's first image
   */
  public void at(int newEpoch, int[] newImages, int[] newRepeats, int newFirst) {
    epoch = newEpoch;
    images = newImages;
    repeats = newRepeats;
    first = newFirst;
  }

  /** Each random number of 64 bits decides two values, by a comparison of 32 bits each. */
  @Override
  public void fill(int layer, float p, int image, float[] mask, int offset, int length) {
    long occasion = ((long) repeats[first + image] << Integer.SIZE) + epoch;
    random.seed(seed, occasion, images[first + image], layer);
    long threshold = (long) (p * 0x1p32);
    int keep = Float.floatToRawIntBits(1 / (1 - p));
    int even = offset + (length & ~1);
    for (int i = offset; i < even; i += 2) {
      long bits = random.next();
      mask[i] = value(bits >>> 32, threshold, keep);
      mask[i + 1] = value(bits & 0xFFFFFFFFL, threshold, keep);
    }
    if (even < offset + length) {
      mask[even] = value(random.next() >>> 32, threshold, keep);
    }
  }

  /**
   * Returns zero below the threshold, else {@code keep}. There is no branch, because the processor
   * would mispredict half of them.
   */
  private static float value(long draw, long threshold, int keep) {
    return Float.intBitsToFloat(keep & ~(int) ((draw - threshold) >> 63));
  }
}
