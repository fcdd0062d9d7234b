package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nin4j.data.RandomCrop.PaddingMode;
import org.nin4j.internal.SplitMix64;

class RandomCropTest {
  @Test
  void aCropToTheImagesOwnSizeMovesItDownAndRightByTheTwoNumbersDrawn() {
    for (PaddingMode mode : PaddingMode.values()) {
      for (int i = 0; i < 1000; i++) {
        DecodedImage image = MixedImages.of(1000, i % 2 == 0 ? 1 : 3).image(i);
        int padding = 1 + i % 9;
        ImageVisit visit = Augmented.visit(8, i);
        SplitMix64 same = Augmented.random(8, i);
        int mostDown = Math.min(padding, image.height() - 1);
        int mostRight = Math.min(padding, image.width() - 1);
        int down = same.below(2 * mostDown + 1) - mostDown;
        int right = same.below(2 * mostRight + 1) - mostRight;
        DecodedImage expected = part(image, -down, -right, image.height(), image.width(), mode);
        DecodedImage found = Augmented.apply(new RandomCrop(padding, mode), image, visit);
        assertSame(expected, found, mode + " image " + i + " by " + down + ", " + right);
        assertEquals(same.next(), visit.random().nextLong(), "two numbers were drawn");
      }
    }
  }

  @Test
  void aCropToAGivenSizeLiesWithinThePaddedImage() {
    for (PaddingMode mode : PaddingMode.values()) {
      for (int i = 0; i < 500; i++) {
        DecodedImage image = MixedImages.of(500, 3).image(i);
        int padding = i % 4;
        int paddedHeight = image.height() + 2 * Math.min(padding, image.height() - 1);
        int paddedWidth = image.width() + 2 * Math.min(padding, image.width() - 1);
        int height = 1 + i * 31 % paddedHeight;
        int width = 1 + i * 17 % paddedWidth;
        SplitMix64 same = Augmented.random(0, i);
        int top = paddedHeight - height - same.below(paddedHeight - height + 1);
        int left = paddedWidth - width - same.below(paddedWidth - width + 1);
        DecodedImage expected =
            part(
                image,
                top - (paddedHeight - image.height()) / 2,
                left - (paddedWidth - image.width()) / 2,
                height,
                width,
                mode);
        RandomCrop crop = new RandomCrop(Optional.of(new ImageSize(height, width)), padding, mode);
        assertSame(expected, Augmented.apply(crop, image, Augmented.visit(0, i)), "image " + i);
      }
    }
  }

  @Test
  void reflectionLeavesOutTheOutermostPixel() {
    DecodedImage image = new DecodedImage(1, 1, 4, new byte[] {1, 2, 3, 4});
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      RandomCrop crop = new RandomCrop(2, PaddingMode.REFLECT);
      byte[] pixels = Augmented.apply(crop, image, Augmented.visit(0, i)).pixels();
      counts.merge("" + pixels[0] + pixels[1] + pixels[2] + pixels[3], 1, Integer::sum);
    }
    assertEquals("[1234, 2123, 2343, 3212, 3432]", counts.keySet().toString());
  }

  @Test
  void everyPositionIsEquallyLikely() {
    DecodedImage dot = new DecodedImage(1, 3, 3, new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
    ImageVisit visit = Augmented.visit(2, 3);
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 9000; i++) {
      byte[] moved = Augmented.apply(new RandomCrop(1), dot, visit).pixels();
      int at = 0;
      while (moved[at] == 0) {
        at++;
      }
      counts.merge(at, 1, Integer::sum);
    }
    assertEquals(9, counts.size());
    counts.forEach((at, count) -> assertEquals(1000, count, 90, "three standard deviations"));
  }

  @Test
  void aSizeThatThePaddedImageDoesNotHoldIsRefused() {
    RandomCrop crop = new RandomCrop(Optional.of(new ImageSize(9, 4)), 2, PaddingMode.CONSTANT);
    DecodedImage image = new DecodedImage(1, 4, 4, new byte[16]);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Augmented.apply(crop, image, Augmented.visit(0, 0)))
            .getMessage();
    assertTrue(message.startsWith("RandomCrop cannot cut 9x4 out of an image of 4x4"), message);
  }

  @Test
  void paddingIsAtLeastOnePixelWithoutASizeAndNeverNegative() {
    Optional<ImageSize> size = Optional.of(new ImageSize(1, 1));
    assertEquals(0, new RandomCrop(size, 0, PaddingMode.CONSTANT).padding());
    assertThrows(IllegalArgumentException.class, () -> new RandomCrop(0));
    assertThrows(
        IllegalArgumentException.class, () -> new RandomCrop(size, -1, PaddingMode.CONSTANT));
  }

  private static void assertSame(DecodedImage expected, DecodedImage found, String what) {
    assertEquals(expected.height(), found.height(), what);
    assertEquals(expected.width(), found.width(), what);
    assertArrayEquals(expected.pixels(), found.pixels(), what);
  }

  /** Pixel by pixel. */
  private static DecodedImage part(
      DecodedImage image, int top, int left, int height, int width, PaddingMode mode) {
    byte[] part = new byte[image.channels() * height * width];
    for (int p = 0; p < part.length; p++) {
      int x = p % width + left;
      int y = p / width % height + top;
      boolean inside = x >= 0 && x < image.width() && y >= 0 && y < image.height();
      if (inside || mode == PaddingMode.REFLECT) {
        int channel = p / width / height;
        part[p] =
            (byte)
                Augmented.pixel(
                    image, channel, mirrored(y, image.height()), mirrored(x, image.width()));
      }
    }
    return new DecodedImage(image.channels(), height, width, part);
  }

  /** As PyTorch has it: the distance from the last pixel's mirror image. */
  private static int mirrored(int index, int extent) {
    return extent - 1 - Math.abs(extent - 1 - Math.abs(index));
  }
}
