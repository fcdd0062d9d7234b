package org.nin4j.data;

import java.util.List;

/**
 * How the pixels of an image become a network's input: resized bilinearly, scaled to [0, 1], then
 * (x - mean) / std for each channel. A model file carries it, so that whoever predicts does exactly
 * what training did.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows of the network's input
 * @param width columns of the network's input
 * @param mean one for each channel, in [0, 1] units
 * @param std one for each channel, in [0, 1] units, positive
 */
public record Preprocessing(
    int channels, int height, int width, List<Float> mean, List<Float> std) {

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

  /** Scaled to [0, 1] and not normalised further. */
  public static Preprocessing unit(int channels, int height, int width) {
    List<Float> zeros = java.util.Collections.nCopies(channels, 0f);
    return new Preprocessing(
        channels, height, width, zeros, java.util.Collections.nCopies(channels, 1f));
  }
}
