package org.nin4j.data;

import java.util.OptionalDouble;

/**
 * How a data set is opened. Data sets of grey images are grey whatever the channels here.
 *
 * @param channels of images that are read from files in colour: 1 for grey, 3 for red, green, blue
 * @param validationPart the part of each class's training images that is held out for validation,
 *     above 0 and below 1; empty for what the data set comes with, or a tenth if it comes with
 *     neither validation nor test images
 * @param seed decides, with the order of the images, which of them are held out
 * @param toleratedDamage the largest part of the images that may be left out because they are
 *     damaged, from 0 to 1
 */
public record DataOptions(
    int channels, OptionalDouble validationPart, long seed, double toleratedDamage) {
  /** Colour, what the data set comes with, seed 0, and up to 5 % of damaged images. */
  public static final DataOptions DEFAULT = new DataOptions(3, OptionalDouble.empty(), 0, 0.05);

  /** What is held out of a data set that comes with neither validation nor test images. */
  static final double DEFAULT_VALIDATION_PART = 0.1;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if a number is outside its range
   */
  public DataOptions {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    if (validationPart.isPresent()
        && !(validationPart.getAsDouble() > 0 && validationPart.getAsDouble() < 1)) {
      throw new IllegalArgumentException(
          "the part held out for validation must be above 0 and below 1, but is "
              + validationPart.getAsDouble());
    }
    if (!(toleratedDamage >= 0 && toleratedDamage <= 1)) {
      throw new IllegalArgumentException(
          "the tolerated part of damaged images must be from 0 to 1, but is " + toleratedDamage);
    }
  }

  /**
   * Returns these options with other channels.
   *
   * @throws IllegalArgumentException if there are neither 1 nor 3
   */
  public DataOptions withChannels(int newChannels) {
    return new DataOptions(newChannels, validationPart, seed, toleratedDamage);
  }

  /**
   * Returns these options with a part of the training images to hold out for validation.
   *
   * @throws IllegalArgumentException if the part is not above 0 and below 1
   */
  public DataOptions withValidationPart(double part) {
    return new DataOptions(channels, OptionalDouble.of(part), seed, toleratedDamage);
  }

  /** Returns these options with another seed. */
  public DataOptions withSeed(long newSeed) {
    return new DataOptions(channels, validationPart, newSeed, toleratedDamage);
  }

  /**
   * Returns these options with another tolerated part of damaged images.
   *
   * @throws IllegalArgumentException if the part is not from 0 to 1
   */
  public DataOptions withToleratedDamage(double part) {
    return new DataOptions(channels, validationPart, seed, part);
  }
}
