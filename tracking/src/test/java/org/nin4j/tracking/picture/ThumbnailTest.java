package org.nin4j.tracking.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.nin4j.data.DecodedImage;

class ThumbnailTest {
  private static final byte WHITE = (byte) 255;

  @Test
  void aSmallImageIsNotChanged() {
    DecodedImage image = new DecodedImage(1, 2, 3, new byte[6]);
    assertSame(image, Thumbnail.of(image, 3));
  }

  @Test
  void aLargerImageBecomesTheMeansOfItsSquares() {
    byte[] pixels = {0, 10, 20, WHITE, 30, 40, 50, WHITE, 7};
    byte[] both = new byte[27];
    System.arraycopy(pixels, 0, both, 9, 9);
    DecodedImage thumbnail = Thumbnail.of(new DecodedImage(3, 3, 3, both), 2);
    assertEquals(2, thumbnail.height());
    assertEquals(2, thumbnail.width());
    byte[] expected = {0, 0, 0, 0, (0 + 10 + 255 + 30) / 4, 30, (byte) 152, 7, 0, 0, 0, 0};
    assertArrayEquals(expected, thumbnail.pixels());
  }
}
