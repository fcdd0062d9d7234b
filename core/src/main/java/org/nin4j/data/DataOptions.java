package org.nin4j.data;

import java.util.OptionalDouble;

/**
 * How a data set is opened. IDX files always have one channel, whatever the channels here.
 *
 * @param channels channels of the images that are read from image files or CIFAR files: 1 for grey,
 *     3 for red, green, blue
 * @param validationPart fraction of each class's training images that is held out for validation,
 *     above 0 and below 1. If it is empty, nothing is held out, except a tenth of a data set that
 *     has neither validation nor test images
 * @param seed seed of the random choice of the images that are held out
 * @param toleratedDamage largest fraction of the images of a part that may be left out because they
 *     are damaged, 0 to 1
 */
public record DataOptions(
    int channels, OptionalDouble validationPart, long seed, double toleratedDamage) {
  /**
   * Colour, images held out only from a data set that has neither validation nor test images, seed
   * 0, and up to 5 % of damaged images.
   */
  public static final DataOptions DEFAULT = new DataOptions(3, OptionalDouble.empty(), 0, 0.05);

  /** The fraction that is held out of a data set that has neither validation nor test images. */
  public static final double DEFAULT_VALIDATION_PART = 0.1;

  /**
   * Checks the options.
   *
   * @param channels channels of the images: 1 for grey, 3 for red, green, blue
   * @param validationPart fraction of each class's training images that is held out for validation,
   *     above 0 and below 1, or empty
   * @param seed seed of the random choice of the images that are held out
   * @param toleratedDamage largest fraction of the images of a part that may be damaged, 0 to 1
   * @throws IllegalArgumentException if a value is outside its range
   */
  public DataOptions {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    if (validationPart.isPresent()
        && !(validationPart.getAsDouble() > 0 && validationPart.getAsDouble() < 1)) {
      throw new IllegalArgumentException(
          "the fraction held out for validation must be above 0 and below 1, but is "
              + validationPart.getAsDouble());
    }
    if (!(toleratedDamage >= 0 && toleratedDamage <= 1)) {
      throw new IllegalArgumentException(
          "the tolerated fraction of damaged images must be from 0 to 1, but is "
              + toleratedDamage);
    }
  }

  /**
   * Returns these options with another number of channels.
   *
   * @param newChannels 1 for grey, 3 for red, green, blue
   * @return the changed options
   * @throws IllegalArgumentException if the number is neither 1 nor 3
   */
  public DataOptions withChannels(int newChannels) {
    return new DataOptions(newChannels, validationPart, seed, toleratedDamage);
  }

  /**
   * Returns these options with another fraction of the training images to hold out for validation.
   *
   * @param fraction fraction of each class's training images, above 0 and below 1
   * @return the changed options
   * @throws IllegalArgumentException if the fraction is not above 0 and below 1
   */
  public DataOptions withValidationPart(double fraction) {
    return new DataOptions(channels, OptionalDouble.of(fraction), seed, toleratedDamage);
  }

  /**
   * Returns these options with another seed.
   *
   * @param newSeed seed of the random choice of the images that are held out
   * @return the changed options
   */
  public DataOptions withSeed(long newSeed) {
    return new DataOptions(channels, validationPart, newSeed, toleratedDamage);
  }

  /**
   * Returns these options with another tolerated fraction of damaged images.
   *
   * @param fraction largest fraction of the images of a part that may be damaged, 0 to 1
   * @return the changed options
   * @throws IllegalArgumentException if the fraction is not from 0 to 1
   */
  public DataOptions withToleratedDamage(double fraction) {
    return new DataOptions(channels, validationPart, seed, fraction);
  }
}
