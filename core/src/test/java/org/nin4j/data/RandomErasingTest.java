package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
  private static final Range AREA = new Range(0.1, 0.2);

  @Test
  void aRectangleOfADrawnAreaAndRatioBecomesTheMean() {
    DecodedImage image = new DecodedImage(3, 40, 60, filled(7, 7200));
    RandomErasing erasing = new RandomErasing(1, AREA, new Range(2, 3));
    int moved = 0;
    for (int i = 0; i < 500; i++) {
      DecodedImage found = Augmented.apply(erasing, image, Augmented.visit(0, i));
      Box box = erased(found, 0, 26);
      assertEquals(box, erased(found, 1, 128));
      assertEquals(box, erased(found, 2, 230));
      // Sides are rounded to whole pixels: half a pixel of at least 8.
      double ratio = (double) box.height() / box.width();
      assertTrue(ratio > 2 * 0.9 && ratio < 3 * 1.1, box.toString());
      double share = box.height() * box.width() / 2400.0;
      assertTrue(share > 0.1 * 0.9 && share < 0.2 * 1.1, box.toString());
      moved += box.top() > 0 && box.left() > 0 ? 1 : 0;
    }
    assertTrue(moved > 400, "the rectangle moves about");
  }

  @Test
  void aShareOfTheImagesIsErased() {
    DecodedImage image = new DecodedImage(1, 10, 10, filled(7, 100));
    int unchanged = 0;
    for (int i = 0; i < 10_000; i++) {
      RandomErasing erasing = new RandomErasing(0.25, AREA, new Range(1, 1));
      DecodedImage found = Augmented.apply(erasing, image, Augmented.visit(0, i));
      unchanged += Arrays.equals(image.pixels(), found.pixels()) ? 1 : 0;
    }
    assertEquals(7500, unchanged, 130, "three standard deviations");
  }

  @Test
  void whatDoesNotFitErasesNothing() {
    DecodedImage line = new DecodedImage(1, 1, 50, filled(7, 50));
    RandomErasing erasing = new RandomErasing(1, new Range(0.5, 0.5), new Range(1, 1));
    DecodedImage found = Augmented.apply(erasing, line, Augmented.visit(0, 0));
    assertArrayEquals(line.pixels(), found.pixels());
  }

  @Test
  void valuesThatCannotBeAreRefused() {
    Range one = new Range(1, 1);
    assertThrows(IllegalArgumentException.class, () -> new RandomErasing(1.1, AREA, one));
    assertThrows(
        IllegalArgumentException.class, () -> new RandomErasing(1, new Range(0.5, 1.5), one));
    assertThrows(IllegalArgumentException.class, () -> new Range(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Range(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Range(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Range(1, Double.POSITIVE_INFINITY));
  }

  private static byte[] filled(int value, int length) {
    byte[] pixels = new byte[length];
    Arrays.fill(pixels, (byte) value);
    return pixels;
  }

  /** The one rectangle of a value in a channel, in an image of 7 elsewhere. */
  private static Box erased(DecodedImage image, int channel, int value) {
    int top = image.height();
    int left = image.width();
    int bottom = -1;
    int right = -1;
    int count = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int pixel = Augmented.pixel(image, channel, y, x);
        if (pixel != 7) {
          assertEquals(value, pixel);
          top = Math.min(top, y);
          left = Math.min(left, x);
          bottom = Math.max(bottom, y);
          right = Math.max(right, x);
          count++;
        }
      }
    }
    Box box = new Box(top, left, bottom - top + 1, right - left + 1);
    assertEquals(box.height() * box.width(), count, "a full rectangle");
    return box;
  }
}
