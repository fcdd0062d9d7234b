package org.nin4j.train;

import org.nin4j.engine.DropoutMasks;
import org.nin4j.internal.SplitMix64;

/**
 * Masks as a function of the seed, the step and the layer, so that a resumed training draws the
 * same.
 */
public final class SeededDropout implements DropoutMasks {
  private final long seed;
  private final SplitMix64 random = new SplitMix64();
  private long step;

  /** Of the training with this seed. */
  public SeededDropout(long seed) {
    this.seed = seed;
  }

  /** The step whose masks come next. */
  public void atStep(long newStep) {
    step = newStep;
  }

  /** Each 64-bit number decides two values, each by a comparison of 32 bits. */
  @Override
  public void fill(int layer, float p, float[] mask, int length) {
    random.seed(seed, step, -1L - layer);
    long threshold = (long) (p * 0x1p32);
    int keep = Float.floatToRawIntBits(1 / (1 - p));
    int even = length & ~1;
    for (int i = 0; i < even; i += 2) {
      long bits = random.next();
      mask[i] = value(bits >>> 32, threshold, keep);
      mask[i + 1] = value(bits & 0xFFFFFFFFL, threshold, keep);
    }
    if (even < length) {
      mask[even] = value(random.next() >>> 32, threshold, keep);
    }
  }

  /** Zero below the threshold, else {@code keep}; a branch would be guessed wrong half the time. */
  private static float value(long draw, long threshold, int keep) {
    return Float.intBitsToFloat(keep & ~(int) ((draw - threshold) >> 63));
  }
}
