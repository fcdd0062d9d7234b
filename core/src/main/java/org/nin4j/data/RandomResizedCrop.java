package org.nin4j.data;

/**
 * Crops an image to a random rectangle, which the preprocessing then resizes to the network's
 * input, as torchvision's {@code RandomResizedCrop} does. With this step, training images are not
 * centre-cropped. If none of ten random rectangles fits into the image, the image is cropped to the
 * largest central rectangle with an allowed ratio.
 *
 * @param area area of the rectangle, as a fraction of the image's area, at most 1
 * @param ratio width of the rectangle divided by its height
 */
public record RandomResizedCrop(Range area, Range ratio) implements Augmentation {
  /**
   * Checks the area.
   *
   * @param area area of the rectangle, as a fraction of the image's area, at most 1
   * @param ratio width of the rectangle divided by its height
   * @throws IllegalArgumentException if the area exceeds 1
   */
  public RandomResizedCrop {
    if (area.max() > 1) {
      throw new IllegalArgumentException(
          "the area of RandomResizedCrop must be at most 1, but is up to " + area.max());
    }
  }

  /** Creates a step with torchvision's defaults: 8 % to 100 % of the area, ratios 3:4 to 4:3. */
  public RandomResizedCrop() {
    this(new Range(0.08, 1), new Range(3.0 / 4, 4.0 / 3));
  }

  @Override
  public void apply(ImageBuffer image, ImageVisit visit) {
    int height = image.height();
    int width = image.width();
    image.crop(
        Box.draw(height, width, area, ratio, visit)
            .orElseGet(() -> Box.central(height, width, ratio)));
  }
}
