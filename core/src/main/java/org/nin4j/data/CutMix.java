package org.nin4j.data;

import java.util.random.RandomGenerator;

/**
 * Replaces a rectangle of each image with the same rectangle of another image (Yun and others,
 * 2019), as torchvision's {@code CutMix} does. The rectangle has the aspect ratio of the image. Its
 * centre is drawn uniformly from all pixels, so the rectangle may be clipped at the border; the
 * share of the image's own label is the fraction of its area that remains.
 *
 * @param alpha parameter of the symmetric Beta distribution from which the remaining fraction is
 *     drawn, before clipping; 0.05 to 4
 */
public record CutMix(double alpha) implements Mixing {
  /**
   * Checks the parameter.
   *
   * @param alpha parameter of the symmetric Beta distribution, 0.05 to 4
   * @throws IllegalArgumentException if the parameter is below 0.05 or above 4
   */
  public CutMix {
    SymmetricBeta.require("CutMix", alpha);
  }

  @Override
  public float apply(
      Preprocessing shape, float[] images, int offset, float[] other, RandomGenerator random) {
    int height = shape.height();
    int width = shape.width();
    double half = 0.5 * Math.sqrt(1 - SymmetricBeta.draw(alpha, random));
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
