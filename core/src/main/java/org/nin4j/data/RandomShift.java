package org.nin4j.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Moves an image up or down and left or right, by a whole number of its own pixels; black moves in.
 * Every shift is equally likely. The result is that of torchvision's {@code RandomCrop} to the
 * image's own size with a padding of {@code maxPixels}. Draws two numbers: down, then right.
 *
 * @param maxPixels how many pixels an image moves at most each way, at least 1. An image moves by
 *     less than its height and width in any case, so that a part of it stays visible
 */
public record RandomShift(int maxPixels) implements Augmentation {
  /**
   * Checks the largest shift.
   *
   * @param maxPixels how many pixels an image moves at most each way, at least 1. An image moves by
   *     less than its height and width in any case, so that a part of it stays visible
   * @throws IllegalArgumentException if it is below 1
   */
  public RandomShift {
    if (maxPixels < 1) {
      throw new IllegalArgumentException(
          "the largest shift of RandomShift must be at least 1 pixel, but is " + maxPixels);
    }
  }

  @Override
  public void apply(ImageBuffer image, int epoch, RandomGenerator random) {
    int down = draw(random, image.height());
    int right = draw(random, image.width());
    for (int c = 0; c < image.channels(); c++) {
      move(image, c * image.height(), down, right);
    }
  }

  private int draw(RandomGenerator random, int extent) {
    int most = Math.min(maxPixels, extent - 1);
    return random.nextInt(2 * most + 1) - most;
  }

  /** Moves the channel that begins at a row, in the order that reads rows before they are lost. */
  private static void move(ImageBuffer image, int firstRow, int down, int right) {
    int height = image.height();
    for (int i = 0; i < height; i++) {
      int y = down > 0 ? height - 1 - i : i;
      int source = y - down;
      boolean inside = source >= 0 && source < height;
      moveRow(image, firstRow + y, inside ? firstRow + source : -1, right);
    }
  }

  private static void moveRow(ImageBuffer image, int targetRow, int sourceRow, int right) {
    byte[] pixels = image.pixels();
    int width = image.width();
    int target = targetRow * width;
    if (sourceRow < 0) {
      Arrays.fill(pixels, target, target + width, (byte) 0);
      return;
    }
    int source = sourceRow * width;
    if (right >= 0) {
      System.arraycopy(pixels, source, pixels, target + right, width - right);
      Arrays.fill(pixels, target, target + right, (byte) 0);
    } else {
      System.arraycopy(pixels, source - right, pixels, target, width + right);
      Arrays.fill(pixels, target + width + right, target + width, (byte) 0);
    }
  }
}
