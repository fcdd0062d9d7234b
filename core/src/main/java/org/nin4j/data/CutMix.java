package org.nin4j.data;

import java.util.random.RandomGenerator;

/**
 * Replaces a rectangle of each image by that of another one (Yun and others, 2019), as
 * torchvision's {@code CutMix}. The rectangle has the shape of the image and any centre, so that a
 * part of it may lie outside; the share is that of the area that is left.
 *
 * @param alpha parameter of the symmetric Beta distribution of the share, 0.05 to 4
 */
public record CutMix(double alpha) implements Mixing {
  /**
   * Checks the parameter.
   *
   * @throws IllegalArgumentException if it is not from 0.05 to 4
   */
  public CutMix {
    BetaShare.require("CutMix", alpha);
  }

  @Override
  public float apply(
      Preprocessing shape, float[] images, int offset, float[] other, RandomGenerator random) {
    int height = shape.height();
    int width = shape.width();
    double half = 0.5 * Math.sqrt(1 - BetaShare.draw(alpha, random));
    int y = random.nextInt(height);
    int x = random.nextInt(width);
    int top = Math.max(0, y - (int) (half * height));
    int left = Math.max(0, x - (int) (half * width));
    int rows = Math.min(height, y + (int) (half * height)) - top;
    int columns = Math.min(width, x + (int) (half * width)) - left;
    for (int c = 0; c < shape.channels(); c++) {
      for (int row = top; row < top + rows; row++) {
        int from = (c * height + row) * width + left;
        System.arraycopy(other, from, images, offset + from, columns);
      }
    }
    return (float) (1 - (double) rows * columns / (height * width));
  }
}
