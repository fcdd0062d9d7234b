package org.nin4j.data;

/**
 * Erases a random rectangle of an image with a given probability (Zhong and others, 2017), as
 * torchvision's {@code RandomErasing} does after normalisation: erased pixels get the value closest
 * to zero after normalisation. If none of ten random rectangles fits into the image, nothing is
 * erased.
 *
 * @param p the probability, 0 to 1
 * @param area area of the rectangle, as a fraction of the image's area, at most 1
 * @param ratio height of the rectangle divided by its width
 */
public record RandomErasing(double p, Range area, Range ratio) implements Augmentation {
  /**
   * Checks the probability and the area.
   *
   * @param p the probability, 0 to 1
   * @param area area of the rectangle, as a fraction of the image's area, at most 1
   * @param ratio height of the rectangle divided by its width
   * @throws IllegalArgumentException if the probability is not from 0 to 1, or the area exceeds 1
   */
  public RandomErasing {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "the probability of RandomErasing must be from 0 to 1, but is " + p);
    }
    if (area.max() > 1) {
      throw new IllegalArgumentException(
          "the area of RandomErasing must be at most 1, but is up to " + area.max());
    }
  }

  /**
   * Creates a step with torchvision's defaults: probability 0.5, 2 % to 33 % of the area, ratios
   * 0.3 to 3.3.
   */
  public RandomErasing() {
    this(0.5, new Range(0.02, 0.33), new Range(0.3, 3.3));
  }

  @Override
  public void apply(ImageBuffer image, ImageVisit visit) {
    if (visit.happens(p)) {
      Range widthToHeight = new Range(1 / ratio.max(), 1 / ratio.min());
      Box.draw(image.height(), image.width(), area, widthToHeight, visit)
          .ifPresent(box -> image.erase(box, visit));
    }
  }
}
