package org.nin4j.train;

import org.nin4j.data.SplitMix64;
import org.nin4j.engine.DropoutMasks;

/**
 * Masks as a function of the seed, the step and the layer, so that a resumed training draws the
 * same.
 */
final class SeededDropout implements DropoutMasks {
  private final long seed;
  private final SplitMix64 random = new SplitMix64();
  private long step;

  SeededDropout(long seed) {
    this.seed = seed;
  }

  void atStep(long newStep) {
    step = newStep;
  }

  /** Each 64-bit number decides two values, each by a comparison of 32 bits. */
  @Override
  public void fill(int layer, float p, float[] mask, int length) {
    random.seed(seed, step, -1L - layer);
    long threshold = (long) (p * 0x1p32);
    float keep = 1 / (1 - p);
    for (int i = 0; i < length; i += 2) {
      long bits = random.next();
      mask[i] = (bits >>> 32) < threshold ? 0 : keep;
      if (i + 1 < length) {
        mask[i + 1] = (bits & 0xFFFFFFFFL) < threshold ? 0 : keep;
      }
    }
  }
}
