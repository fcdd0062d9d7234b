package org.nin4j.data;

import java.util.random.RandomGenerator;

/**
 * Changes the brightness, contrast and saturation of an image in random order, as torchvision's
 * {@code ColorJitter} does to PIL images. Each factor is drawn uniformly from [max(0, 1 - v), 1 +
 * v], where v is the value here, and scales the difference between the image and black
 * (brightness), the mean of its grey version (contrast) or its grey version (saturation).
 * Saturation has no effect on a grey image. Draws five random numbers: two for the order, then the
 * factors of brightness, contrast and saturation.
 *
 * @param brightness largest difference between the brightness factor and 1, at least 0
 * @param contrast largest difference between the contrast factor and 1, at least 0
 * @param saturation largest difference between the saturation factor and 1, at least 0
 */
public record ColorJitter(double brightness, double contrast, double saturation)
    implements Augmentation {
  /**
   * Checks the values.
   *
   * @param brightness largest difference between the brightness factor and 1, at least 0
   * @param contrast largest difference between the contrast factor and 1, at least 0
   * @param saturation largest difference between the saturation factor and 1, at least 0
   * @throws IllegalArgumentException if a value is negative, infinite or not a number
   */
  public ColorJitter {
    require("brightness", brightness);
    require("contrast", contrast);
    require("saturation", saturation);
  }

  private static void require(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the " + name + " of ColorJitter must be at least 0 and finite, but is " + value);
    }
  }

  @Override
  public void apply(ImageBuffer image, ImageVisit visit) {
    RandomGenerator random = visit.random();
    int first = random.nextInt(3);
    int second = (first + 1 + random.nextInt(2)) % 3;
    float bright = factor(brightness, visit);
    float contrasting = factor(contrast, visit);
    float saturated = factor(saturation, visit);
    for (int change : new int[] {first, second, 3 - first - second}) {
      switch (change) {
        case 0 -> blend(image, 0, bright);
        case 1 -> blend(image, meanGrey(image), contrasting);
        default -> saturate(image, saturated);
      }
    }
  }

  private static float factor(double most, ImageVisit visit) {
    return (float) visit.uniform(Math.max(0, 1 - most), 1 + most);
  }

  private static void blend(ImageBuffer image, int with, float factor) {
    byte[] pixels = image.pixels();
    int length = image.channels() * image.height() * image.width();
    for (int i = 0; i < length; i++) {
      pixels[i] = blend(with, pixels[i], factor);
    }
  }

  private static int meanGrey(ImageBuffer image) {
    byte[] pixels = image.pixels();
    int area = image.height() * image.width();
    long sum = 0;
    for (int i = 0; i < area; i++) {
      sum += image.channels() == 1 ? pixels[i] & 0xFF : Luma.of(pixels, i, area);
    }
    return (int) ((double) sum / area + 0.5);
  }

  private static void saturate(ImageBuffer image, float factor) {
    if (image.channels() == 1) {
      return;
    }
    byte[] pixels = image.pixels();
    int area = image.height() * image.width();
    for (int i = 0; i < area; i++) {
      int grey = Luma.of(pixels, i, area);
      for (int at = i; at < 3 * area; at += area) {
        pixels[at] = blend(grey, pixels[at], factor);
      }
    }
  }

  /** Truncates the result, as PIL's Image.blend does. */
  private static byte blend(int with, byte pixel, float factor) {
    int blended = (int) (with + factor * ((pixel & 0xFF) - with));
    return (byte) Math.max(0, Math.min(255, blended));
  }
}
