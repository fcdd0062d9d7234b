package org.nin4j.train.internal;

import org.nin4j.engine.DropoutMasks;
import org.nin4j.internal.SplitMix64;

/**
 * Masks as a function of the seed, the epoch, the image and the layer, so that a resumed training
 * draws the same, and so does one on another number of threads or machines. For one thread at a
 * time.
 */
public final class SeededDropout implements DropoutMasks {
  private final long seed;
  private final SplitMix64 random = new SplitMix64();
  private int epoch;
  private int[] images = {};
  private int first;

  /** Of the training with this seed. */
  public SeededDropout(long seed) {
    this.seed = seed;
  }

  /**
   * The pass whose masks come next.
   *
   * @param newEpoch its epoch, from 0
   * @param newImages indices in the data set of the images of a batch
   * @param newFirst index in {@code newImages} of the pass's first image
   */
  public void at(int newEpoch, int[] newImages, int newFirst) {
    epoch = newEpoch;
    images = newImages;
    first = newFirst;
  }

  /** Each 64-bit number decides two values, each by a comparison of 32 bits. */
  @Override
  public void fill(int layer, float p, int image, float[] mask, int offset, int length) {
    random.seed(seed, epoch, images[first + image], layer);
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

  /** Zero below the threshold, else {@code keep}; a branch would be guessed wrong half the time. */
  private static float value(long draw, long threshold, int keep) {
    return Float.intBitsToFloat(keep & ~(int) ((draw - threshold) >> 63));
  }
}
