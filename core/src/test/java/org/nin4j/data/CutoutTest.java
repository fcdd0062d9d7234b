package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nin4j.internal.SplitMix64;

class CutoutTest {
  /** Means of 0.1, 0.5 and 0.9, times 255. */
  private static final int[] NEUTRAL = {26, 128, 230};

  @Test
  void aSquareAroundTheDrawnCentreBecomesTheMean() {
    for (int i = 0; i < 500; i++) {
      DecodedImage image = MixedImages.of(500, i % 2 == 0 ? 1 : 3).image(i);
      int size = 1 + i % 5;
      SplitMix64 same = Augmented.random(0, i);
      int top = same.below(image.height()) - size / 2;
      int left = same.below(image.width()) - size / 2;
      byte[] expected = image.pixels().clone();
      for (int p = 0; p < expected.length; p++) {
        int x = p % image.width() - left;
        int y = p / image.width() % image.height() - top;
        if (x >= 0 && x < size && y >= 0 && y < size) {
          expected[p] = (byte) NEUTRAL[p / image.width() / image.height()];
        }
      }
      DecodedImage found = Augmented.apply(new Cutout(size), image, Augmented.visit(0, i));
      assertArrayEquals(expected, found.pixels(), "image " + i);
    }
  }

  @Test
  void aSquareLargerThanAnyImageErasesAllOrAHalf() {
    DecodedImage image = new DecodedImage(1, 1, 1, new byte[] {1});
    Cutout cutout = new Cutout(Integer.MAX_VALUE);
    assertEquals(26, Augmented.apply(cutout, image, Augmented.visit(0, 0)).pixels()[0]);
  }

  @Test
  void aSquareHasAtLeastOnePixel() {
    assertThrows(IllegalArgumentException.class, () -> new Cutout(0));
  }
}
