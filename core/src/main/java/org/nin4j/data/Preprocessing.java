package org.nin4j.data;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * How the pixels of an image become a network's input: resized bilinearly, scaled to [0, 1], then
 * (x - mean) / std for each channel. A model file carries it, so that whoever predicts does exactly
 * what training did; an {@link ImagePreprocessor} carries it out.
 *
 * <p>Resizing is that of PyTorch's {@code interpolate(mode="bilinear", align_corners=False)}.
 * Without antialiasing each output pixel is computed from four pixels of the image, however much
 * larger that is; with it, a smaller image shows all of a larger one.
 *
 * <p>Both sides are resized to those of the network's input, which deforms an image of another
 * shape; or the shorter side is resized to a given length, the other one in proportion, and the
 * centre is cut out, as torchvision's {@code Resize} and {@code CenterCrop} do.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows of the network's input, at least 1
 * @param width columns of the network's input, at least 1
 * @param mean the mean to subtract, one for each channel, in units of [0, 1]
 * @param std the standard deviation to divide by, one for each channel, in units of [0, 1],
 *     positive
 * @param antialias whether resizing is antialiased
 * @param shorterSide the length of an image's shorter side before its centre is cut out, in pixels,
 *     at least the height and the width; empty to resize both sides to the network's input
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
   * @throws IllegalArgumentException if there are not 1 or 3 channels, a size or a standard
   *     deviation is not positive, or there is not one mean and one standard deviation for each
   *     channel, or the shorter side is shorter than the network's input
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
              "the shorter side must be at least that of the network's input of %dx%d, but is %d",
              height, width, shorterSide.getAsInt()));
    }
  }

  /**
   * Creates a preprocessing that resizes both sides without antialiasing.
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
   * Returns the preprocessing that resizes both sides without antialiasing and scales to [0, 1],
   * with mean 0 and standard deviation 1.
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

  /** Returns this preprocessing with antialiased resizing. */
  public Preprocessing antialiased() {
    return new Preprocessing(channels, height, width, mean, std, true, shorterSide);
  }

  /**
   * Returns this preprocessing with images resized in proportion, of which the centre is cut out.
   *
   * @param length the length of an image's shorter side before, in pixels
   * @throws IllegalArgumentException if it is shorter than the network's input
   */
  public Preprocessing centerCropped(int length) {
    return new Preprocessing(channels, height, width, mean, std, antialias, OptionalInt.of(length));
  }

  /** Returns this preprocessing with both sides resized to the network's input. */
  public Preprocessing stretched() {
    return new Preprocessing(channels, height, width, mean, std, antialias, OptionalInt.empty());
  }
}
