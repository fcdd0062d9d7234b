package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nin4j.internal.SplitMix64;

class RandomShiftTest {
  private final SplitMix64 random = new SplitMix64();
  private final ImageBuffer buffer = new ImageBuffer();

  @Test
  void aShiftMovesDownAndRightByTheTwoNumbersDrawnAndBlackMovesIn() {
    SplitMix64 same = new SplitMix64();
    for (int i = 0; i < 1000; i++) {
      DecodedImage image = MixedImages.of(1000, i % 2 == 0 ? 1 : 3).image(i);
      int most = 1 + i % 9;
      random.seed(7, 8, i);
      same.seed(7, 8, i);
      int mostDown = Math.min(most, image.height() - 1);
      int mostRight = Math.min(most, image.width() - 1);
      int down = same.below(2 * mostDown + 1) - mostDown;
      int right = same.below(2 * mostRight + 1) - mostRight;
      String what = "image " + i + " by " + down + ", " + right;
      assertArrayEquals(moved(image, down, right), apply(new RandomShift(most), image), what);
      assertEquals(same.next(), random.next(), "two numbers were drawn");
    }
  }

  @Test
  void everyShiftIsEquallyLikely() {
    DecodedImage dot = new DecodedImage(1, 3, 3, new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
    random.seed(1, 2, 3);
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 9000; i++) {
      byte[] shifted = apply(new RandomShift(1), dot);
      int at = 0;
      while (shifted[at] == 0) {
        at++;
      }
      counts.merge(at, 1, Integer::sum);
    }
    assertEquals(9, counts.size());
    counts.forEach((at, count) -> assertEquals(1000, count, 90, "three standard deviations"));
  }

  @Test
  void theLargestShiftIsAtLeastOnePixel() {
    assertThrows(IllegalArgumentException.class, () -> new RandomShift(0));
    assertThrows(IllegalArgumentException.class, () -> new RandomShift(-1));
  }

  /** Pixel by pixel. */
  private static byte[] moved(DecodedImage image, int down, int right) {
    byte[] moved = new byte[image.pixels().length];
    for (int p = 0; p < moved.length; p++) {
      int x = p % image.width() - right;
      int y = p / image.width() % image.height() - down;
      int channel = p / image.width() / image.height();
      if (x >= 0 && x < image.width() && y >= 0 && y < image.height()) {
        moved[p] = image.pixels()[(channel * image.height() + y) * image.width() + x];
      }
    }
    return moved;
  }

  private byte[] apply(Augmentation augmentation, DecodedImage image) {
    buffer.load(image);
    augmentation.apply(buffer, 0, random);
    assertEquals(image.height(), buffer.height());
    assertEquals(image.width(), buffer.width());
    return Arrays.copyOf(buffer.pixels(), image.pixels().length);
  }
}
