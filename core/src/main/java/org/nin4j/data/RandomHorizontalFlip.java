package org.nin4j.data;

/**
 * Mirrors an image, left to right, with a given probability. Draws one random number.
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
  public void apply(ImageBuffer image, ImageVisit visit) {
    if (visit.happens(p)) {
      image.mirror();
    }
  }
}
