package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  @Test
  void itsNumbersAreThoseOfTheGeneratorOfThePaper() {
    SplitMix64 random = new SplitMix64();
    random.seed(1, 2, 3);
    long state = mix(mix(mix(1 + GAMMA) + 2 + GAMMA) + 3);
    SplittableRandom oracle = new SplittableRandom(state);
    for (int i = 0; i < 100; i++) {
      assertEquals(oracle.nextLong(), random.next());
    }
  }

  @Test
  void aBoundedNumberIsTheUpperHalfScaled() {
    SplitMix64 random = new SplitMix64();
    SplitMix64 same = new SplitMix64();
    random.seed(4, 5, 6);
    same.seed(4, 5, 6);
    for (int i = 0; i < 100; i++) {
      double unit = (same.next() >>> 32) / 0x1p32;
      assertEquals((int) (unit * 60_000), random.below(60_000));
    }
  }

  @Test
  void itsNumbersByJavasNamesAreTheSame() {
    SplitMix64 random = new SplitMix64();
    random.seed(1, 2, 3);
    SplitMix64 same = new SplitMix64();
    same.seed(1, 2, 3);
    SplittableRandom oracle = new SplittableRandom(mix(mix(mix(1 + GAMMA) + 2 + GAMMA) + 3));
    for (int i = 0; i < 100; i++) {
      assertEquals(oracle.nextDouble(), random.nextDouble());
      assertEquals(oracle.nextLong(), random.nextLong());
      same.next();
      same.next();
      oracle.nextLong();
      assertEquals(same.below(1000), random.nextInt(1000));
    }
  }

  /** The first number of Java's generator, seeded so that it mixes just this value. */
  private static long mix(long value) {
    return new SplittableRandom(value - GAMMA).nextLong();
  }
}
