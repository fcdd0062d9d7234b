package org.nin4j.data;

import java.util.random.RandomGenerator;

/**
 * Blends each image with another one (Zhang and others, 2017), as torchvision's {@code MixUp} does.
 *
 * @param alpha parameter of the symmetric Beta distribution from which the image's own share is
 *     drawn, 0.05 to 4
 */
public record Mixup(double alpha) implements Mixing {
  /**
   * Checks the parameter.
   *
   * @param alpha parameter of the symmetric Beta distribution, 0.05 to 4
   * @throws IllegalArgumentException if the parameter is below 0.05 or above 4
   */
  public Mixup {
    SymmetricBeta.require("Mixup", alpha);
  }

  @Override
  public float apply(
      Preprocessing shape, float[] images, int offset, float[] other, RandomGenerator random) {
    float share = (float) SymmetricBeta.draw(alpha, random);
    int length = shape.channels() * shape.height() * shape.width();
    for (int i = 0; i < length; i++) {
      images[offset + i] = share * images[offset + i] + (1 - share) * other[i];
    }
    return share;
  }
}
