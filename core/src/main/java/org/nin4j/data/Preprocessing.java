package org.nin4j.data;

import java.util.Collections;
import java.util.List;

/**
 * How the pixels of an image become a network's input: resized bilinearly without antialiasing, as
 * PyTorch's {@code interpolate(mode="bilinear", align_corners=False)} does it, scaled to [0, 1],
 * then (x - mean) / std for each channel. A model file contains it, so that prediction does exactly
 * what training did; an {@link ImagePreprocessor} applies it.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows of the network's input, at least 1
 * @param width columns of the network's input, at least 1
 * @param mean the mean to subtract, one for each channel, in units of [0, 1]
 * @param std the standard deviation to divide by, one for each channel, in units of [0, 1],
 *     positive
 */
public record Preprocessing(
    int channels, int height, int width, List<Float> mean, List<Float> std) {

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
   *     channel
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
  }

  /**
   * Returns the preprocessing that resizes and scales to [0, 1], with mean 0 and standard deviation
   * 1.
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
}
