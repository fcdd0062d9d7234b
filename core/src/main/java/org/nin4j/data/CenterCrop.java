package org.nin4j.data;

/**
 * Crops the centre of an image, as torchvision's {@code CenterCrop} does. It directly follows the
 * step that resizes the image.
 *
 * @param height number of rows of the result, at least 1
 * @param width number of columns of the result, at least 1
 */
public record CenterCrop(int height, int width) implements PreprocessingStep {
  /**
   * Checks the size.
   *
   * @param height number of rows of the result, at least 1
   * @param width number of columns of the result, at least 1
   * @throws IllegalArgumentException if the height or the width is below 1
   */
  public CenterCrop {
    ImageSize.requirePositive("CenterCrop", height, width);
  }

  @Override
  public String description() {
    return "crop the centre to " + height + " x " + width;
  }
}
