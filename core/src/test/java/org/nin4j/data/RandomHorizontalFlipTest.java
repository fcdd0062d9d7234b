package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nin4j.internal.SplitMix64;

class RandomHorizontalFlipTest {
  @Test
  void aFlipMirrorsEachRowOfEachChannel() {
    for (int channels : new int[] {1, 3}) {
      MixedImages images = MixedImages.of(70, channels);
      for (int i = 0; i < 70; i++) {
        DecodedImage image = images.image(i);
        byte[] expected = new byte[image.pixels().length];
        for (int c = 0; c < channels; c++) {
          for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
              int row = (c * image.height() + y) * image.width();
              expected[row + x] = image.pixels()[row + image.width() - 1 - x];
            }
          }
        }
        assertArrayEquals(expected, apply(new RandomHorizontalFlip(1), image, 0), "image " + i);
        assertArrayEquals(image.pixels(), apply(new RandomHorizontalFlip(0), image, 0));
      }
    }
  }

  @Test
  void itIsDecidedByTheFirstBitWhenHalfOfTheImagesAreFlipped() {
    DecodedImage image = new DecodedImage(1, 1, 2, new byte[] {0, 1});
    for (int i = 0; i < 100; i++) {
      ImageVisit visit = Augmented.visit(2, i);
      SplitMix64 same = Augmented.random(2, i);
      RandomHorizontalFlip flip = new RandomHorizontalFlip();
      assertEquals(same.below(2), Augmented.apply(flip, image, visit).pixels()[0]);
      assertEquals(same.next(), visit.random().nextLong(), "one number was drawn");
    }
  }

  @Test
  void aShareOfTheImagesIsFlipped() {
    DecodedImage image = new DecodedImage(1, 1, 2, new byte[] {0, 1});
    int flipped = 0;
    for (int i = 0; i < 10_000; i++) {
      flipped += apply(new RandomHorizontalFlip(0.2), image, i)[0];
    }
    assertEquals(2000, flipped, 120, "three standard deviations");
  }

  @Test
  void aProbabilityIsFromZeroToOne() {
    for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new RandomHorizontalFlip(p));
    }
  }

  private static byte[] apply(Augmentation augmentation, DecodedImage image, int index) {
    return Augmented.apply(augmentation, image, Augmented.visit(0, index)).pixels();
  }
}
