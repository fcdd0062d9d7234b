package org.nin4j.data;

/**
 * Resizes an image bilinearly so that its shorter side has a given length and its aspect ratio
 * remains, as torchvision's {@code Resize} does with a single number; the longer side is rounded
 * down. The results differ in size, so a {@link CenterCrop} has to follow. For interpolation and
 * antialiasing see {@link Resize}.
 *
 * @param length length of the shorter side, in pixels, at least 1
 * @param antialias whether resizing is antialiased
 */
public record ResizeShorterSide(int length, boolean antialias) implements PreprocessingStep {
  /**
   * Checks the length.
   *
   * @param length length of the shorter side, in pixels, at least 1
   * @param antialias whether resizing is antialiased
   * @throws IllegalArgumentException if the length is below 1
   */
  public ResizeShorterSide {
    if (length < 1) {
      throw new IllegalArgumentException(
          "the length of ResizeShorterSide must be at least 1, but is " + length);
    }
  }

  @Override
  public String description() {
    return "resize the shorter side to " + length + (antialias ? ", antialiased" : "");
  }
}
