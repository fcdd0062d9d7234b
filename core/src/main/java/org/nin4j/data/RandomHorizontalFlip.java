package org.nin4j.data;

import java.util.random.RandomGenerator;

/**
 * Mirrors an image, left to right, with a given probability. Draws one number.
 *
 * @param p the probability, 0 to 1
 */
public record RandomHorizontalFlip(double p) implements Augmentation {
  /**
   * Checks the probability.
   *
   * @param p the probability, 0 to 1
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public RandomHorizontalFlip {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "the probability of RandomHorizontalFlip must be from 0 to 1, but is " + p);
    }
  }

  /** Creates a flip of half of the images. */
  public RandomHorizontalFlip() {
    this(0.5);
  }

  @Override
  public void apply(ImageBuffer image, int epoch, RandomGenerator random) {
    if (random.nextDouble() < 1 - p) {
      return;
    }
    byte[] pixels = image.pixels();
    int width = image.width();
    int rows = image.channels() * image.height();
    for (int row = 0; row < rows; row++) {
      for (int left = row * width, right = left + width - 1; left < right; left++, right--) {
        byte swapped = pixels[left];
        pixels[left] = pixels[right];
        pixels[right] = swapped;
      }
    }
  }
}
