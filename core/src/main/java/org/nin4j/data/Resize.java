package org.nin4j.data;

/**
 * Resizes an image bilinearly to a given size, whatever its aspect ratio, as by PyTorch's {@code
 * interpolate(mode="bilinear", align_corners=False)}. Without antialiasing, each output pixel is
 * computed from four pixels of the image, even if the image is much larger; with antialiasing, all
 * pixels of the image contribute.
 *
 * @param height number of rows of the result, at least 1
 * @param width number of columns of the result, at least 1
 * @param antialias whether resizing is antialiased
 */
public record Resize(int height, int width, boolean antialias) implements PreprocessingStep {
  /**
   * Checks the size.
   *
   * @param height number of rows of the result, at least 1
   * @param width number of columns of the result, at least 1
   * @param antialias whether resizing is antialiased
   * @throws IllegalArgumentException if the height or the width is below 1
   */
  public Resize {
    ImageSize.requirePositive("Resize", height, width);
  }

  @Override
  public String description() {
    return "resize to " + height + " x " + width + (antialias ? ", antialiased" : "");
  }
}
