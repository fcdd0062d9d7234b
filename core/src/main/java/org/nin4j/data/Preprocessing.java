package org.nin4j.data;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * How an image is converted to a network's input: resized bilinearly, scaled to [0, 1], then
 * normalised as (x - mean) / std for each channel. Model files contain it, so that a prediction
 * does exactly what training did. {@link ImagePreprocessor} implements it.
 *
 * <p>Images are resized as by PyTorch's {@code interpolate(mode="bilinear", align_corners=False)}.
 * Without antialiasing, each output pixel is computed from four pixels of the image, even if the
 * image is much larger; with antialiasing, all pixels of the image contribute.
 *
 * <p>By default an image is resized to the height and width of the network's input, which distorts
 * an image of another aspect ratio. With a {@code shorterSide}, the image keeps its aspect ratio:
 * its shorter side is resized to that length, and the centre is cropped, as by torchvision's {@code
 * Resize} and {@code CenterCrop}.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows of the network's input, at least 1
 * @param width columns of the network's input, at least 1
 * @param mean the mean to subtract, one for each channel, in units of [0, 1]
 * @param std the standard deviation to divide by, one for each channel, in units of [0, 1],
 *     positive
 * @param antialias whether resizing is antialiased
 * @param shorterSide length of the image's shorter side before its centre is cropped, in pixels, at
 *     least the height and the width of the network's input; empty to resize to these directly
 */
public record Preprocessing(
    int channels,
    int height,
    int width,
    List<Float> mean,
    List<Float> std,
    boolean antialias,
    OptionalInt shorterSide) {

  /**
   * Checks the values.
   *
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param height rows of the network's input, at least 1
   * @param width columns of the network's input, at least 1
   * @param mean the mean to subtract, one for each channel, in units of [0, 1]
   * @param std the standard deviation to divide by, one for each channel, in units of [0, 1],
   *     positive
   * @param antialias whether resizing is antialiased
   * @param shorterSide length of the image's shorter side before its centre is cropped, in pixels,
   *     at least the height and the width of the network's input; empty for no cropping
   * @throws IllegalArgumentException if there are not 1 or 3 channels, a size or a standard
   *     deviation is not positive, there is not one mean and one standard deviation for each
   *     channel, or the shorter side is smaller than the height or the width of the network's input
   */
  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "image size must be positive, but is " + height + "x" + width);
    }
    if (mean.size() != channels || std.size() != channels) {
      throw new IllegalArgumentException(
          "mean and std need one value for each of " + channels + " channels");
    }
    for (float value : std) {
      if (!(value > 0)) {
        throw new IllegalArgumentException("std must be positive, but is " + value);
      }
    }
    if (shorterSide.isPresent() && shorterSide.getAsInt() < Math.max(height, width)) {
      throw new IllegalArgumentException(
          String.format(
              "the shorter side must be at least as long as both sides of the network's input, %dx%d,"
                  + " but is %d",
              height, width, shorterSide.getAsInt()));
    }
  }

  /**
   * Creates a preprocessing that resizes images to the network's input without antialiasing or
   * cropping.
   *
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param height rows of the network's input, at least 1
   * @param width columns of the network's input, at least 1
   * @param mean the mean to subtract, one for each channel, in units of [0, 1]
   * @param std the standard deviation to divide by, one for each channel, in units of [0, 1],
   *     positive
   * @throws IllegalArgumentException if there are not 1 or 3 channels, a size or a standard
   *     deviation is not positive, or there is not one mean and one standard deviation for each
   *     channel
   */
  public Preprocessing(int channels, int height, int width, List<Float> mean, List<Float> std) {
    this(channels, height, width, mean, std, false, OptionalInt.empty());
  }

  /**
   * Returns the preprocessing that resizes images to the network's input without antialiasing or
   * cropping, and scales them to [0, 1], with mean 0 and standard deviation 1.
   *
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param height rows of the network's input, at least 1
   * @param width columns of the network's input, at least 1
   * @return a preprocessing without normalisation
   * @throws IllegalArgumentException if there are not 1 or 3 channels, or a size is below 1
   */
  public static Preprocessing unit(int channels, int height, int width) {
    List<Float> zeros = Collections.nCopies(channels, 0f);
    return new Preprocessing(channels, height, width, zeros, Collections.nCopies(channels, 1f));
  }

  /**
   * Returns this preprocessing with antialiased resizing.
   *
   * @return the changed preprocessing
   */
  public Preprocessing antialiased() {
    return new Preprocessing(channels, height, width, mean, std, true, shorterSide);
  }

  /**
   * Returns this preprocessing with images that keep their aspect ratio and are centre-cropped.
   *
   * @param length length of the image's shorter side before cropping, in pixels
   * @return the changed preprocessing
   * @throws IllegalArgumentException if the length is below the height or the width of the
   *     network's input
   */
  public Preprocessing centerCropped(int length) {
    return new Preprocessing(channels, height, width, mean, std, antialias, OptionalInt.of(length));
  }

  /**
   * Returns this preprocessing without cropping: images are resized to the height and width of the
   * network's input.
   *
   * @return the changed preprocessing
   */
  public Preprocessing stretched() {
    return new Preprocessing(channels, height, width, mean, std, antialias, OptionalInt.empty());
  }

  /**
   * Returns this preprocessing for a network with an input of another size. A shorter side is
   * scaled with the longer side of the input.
   *
   * @param newHeight rows of the network's input, at least 1
   * @param newWidth columns of the network's input, at least 1
   * @return the changed preprocessing
   * @throws IllegalArgumentException if the height or the width is below 1
   */
  public Preprocessing withSize(int newHeight, int newWidth) {
    OptionalInt side = OptionalInt.empty();
    if (shorterSide.isPresent()) {
      int longer = Math.max(newHeight, newWidth);
      double scale = (double) longer / Math.max(height, width);
      side = OptionalInt.of(Math.max(longer, (int) Math.round(shorterSide.getAsInt() * scale)));
    }
    return new Preprocessing(channels, newHeight, newWidth, mean, std, antialias, side);
  }
}
