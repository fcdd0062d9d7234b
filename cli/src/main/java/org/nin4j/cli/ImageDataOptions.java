package org.nin4j.cli;

import org.nin4j.data.DataOptions;
import picocli.CommandLine.Option;

/** The options for opening a data set of images. */
final class ImageDataOptions {
  static final String GREY = "--grey";
  static final String VAL_SPLIT = "--val-split";
  static final String MAX_DAMAGED = "--max-damaged";
  static final String MAX_DAMAGED_DESCRIPTION =
      "Largest fraction of the images of a folder that may be damaged and left out. Default: 0.05.";

  @Option(names = GREY, description = "Convert colour images to grey.")
  boolean grey;

  @Option(
      names = VAL_SPLIT,
      paramLabel = "PART",
      description =
          "Fraction of each class's training images to hold out for validation, such as 0.2. Default:"
              + " 0.1 if there are neither validation nor test images, otherwise none.")
  Double validationPart;

  @Option(names = MAX_DAMAGED, paramLabel = "PART", description = MAX_DAMAGED_DESCRIPTION)
  Double maxDamaged;

  /** Returns the options for a data set that may have any channels. */
  DataOptions options() {
    return options(grey ? 1 : 3);
  }

  /**
   * Returns the options for a data set whose channels are those of a model.
   *
   * @param channels 1 for grey, 3 for colour
   */
  DataOptions options(int channels) {
    return with(DataOptions.DEFAULT.withChannels(channels), validationPart, maxDamaged);
  }

  /**
   * Returns options with the given values.
   *
   * @param validationPart fraction of the training images to hold out for validation; null to leave
   *     it
   * @param maxDamaged fraction of the images that may be damaged; null to leave it
   * @throws UsageException when the one is not above 0 and below 1, or the other not from 0 to 1
   */
  static DataOptions with(DataOptions options, Double validationPart, Double maxDamaged) {
    DataOptions changed = options;
    if (validationPart != null) {
      if (!(validationPart > 0 && validationPart < 1)) {
        throw new UsageException(
            VAL_SPLIT + " must be above 0 and below 1, but is " + validationPart);
      }
      changed = changed.withValidationPart(validationPart);
    }
    if (maxDamaged != null) {
      if (!(maxDamaged >= 0 && maxDamaged <= 1)) {
        throw new UsageException(MAX_DAMAGED + " must be from 0 to 1, but is " + maxDamaged);
      }
      changed = changed.withToleratedDamage(maxDamaged);
    }
    return changed;
  }
}
