package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RandomResizedCropTest {
  private static final int HEIGHT = 120;
  private static final int WIDTH = 200;

  /** Pixel values encode the channel, and the row or the column. */
  private static DecodedImage positions(int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    for (int p = 0; p < height * width; p++) {
      pixels[p] = (byte) (p / width);
      pixels[height * width + p] = (byte) (p % width);
      pixels[2 * height * width + p] = (byte) (p / width + p % width);
    }
    return new DecodedImage(3, height, width, pixels);
  }

  @Test
  void aPartOfADrawnAreaAndRatioIsCutOut() {
    DecodedImage image = positions(HEIGHT, WIDTH);
    double smallest = 1;
    double largest = 0;
    for (int i = 0; i < 500; i++) {
      DecodedImage found = Augmented.apply(new RandomResizedCrop(), image, Augmented.visit(0, i));
      int top = Augmented.pixel(found, 0, 0, 0);
      int left = Augmented.pixel(found, 1, 0, 0);
      for (int y = 0; y < found.height(); y++) {
        for (int x = 0; x < found.width(); x++) {
          assertEquals(top + y, Augmented.pixel(found, 0, y, x));
          assertEquals(left + x, Augmented.pixel(found, 1, y, x));
          assertEquals(top + y + left + x & 0xFF, Augmented.pixel(found, 2, y, x));
        }
      }
      double ratio = (double) found.width() / found.height();
      // Sides are rounded to whole pixels: half a pixel of at least 38.
      assertTrue(ratio > 0.73 && ratio < 1.37, "ratio " + ratio);
      double share = (double) found.height() * found.width() / (HEIGHT * WIDTH);
      assertTrue(share > 0.078, "share " + share);
      smallest = Math.min(smallest, share);
      largest = Math.max(largest, share);
    }
    assertTrue(smallest < 0.1, "smallest share " + smallest);
    // The largest with a ratio of 4:3 has 120x160 pixels, a share of 0.8.
    assertTrue(largest > 0.7 && largest < 0.81, "largest share " + largest);
  }

  @Test
  void theMiddleIsTakenWhereNoPartFits() {
    RandomResizedCrop crop = new RandomResizedCrop(new Range(1, 1), new Range(0.75, 1.25));
    DecodedImage wide = Augmented.apply(crop, positions(4, 25), Augmented.visit(0, 0));
    assertEquals(4, wide.height());
    assertEquals(5, wide.width());
    assertEquals(10, Augmented.pixel(wide, 1, 0, 0));
    DecodedImage high = Augmented.apply(crop, positions(25, 3), Augmented.visit(0, 0));
    assertEquals(4, high.height());
    assertEquals(3, high.width());
    assertEquals(10, Augmented.pixel(high, 0, 0, 0));
  }

  @Test
  void anAreaAboveAllOfTheImageIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new RandomResizedCrop(new Range(0.5, 1.5), new Range(1, 1)));
  }
}
