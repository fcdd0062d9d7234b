package org.nin4j.data;

/**
 * Cuts a random part out of an image, which the preprocessing then stretches to the network's
 * input, as torchvision's {@code RandomResizedCrop}. In a training with this step, images are not
 * cropped to their centre. If no part fits the image in ten attempts, the largest one in its middle
 * is taken whose sides have an allowed ratio.
 *
 * @param area share of the image's area that the part has, at most 1
 * @param ratio width of the part divided by its height
 */
public record RandomResizedCrop(Range area, Range ratio) implements Augmentation {
  /**
   * Checks the area.
   *
   * @throws IllegalArgumentException if it exceeds 1
   */
  public RandomResizedCrop {
    if (area.max() > 1) {
      throw new IllegalArgumentException(
          "the area of RandomResizedCrop must be at most 1, but is up to " + area.max());
    }
  }

  /** Creates a crop with torchvision's values: 8 % to all of the image, with ratios 3:4 to 4:3. */
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
