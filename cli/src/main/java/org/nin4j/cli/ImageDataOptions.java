package org.nin4j.cli;

import org.nin4j.data.DataOptions;
import picocli.CommandLine.Option;

/** The options for opening a data set of images. */
final class ImageDataOptions {
  static final String GREY = "--grey";
  static final String VAL_SPLIT = "--val-split";

  @Option(names = GREY, description = "Convert colour images to grey.")
  boolean grey;

  @Option(
      names = VAL_SPLIT,
      paramLabel = "PART",
      description =
          "Fraction of each class's training images to hold out for validation, such as 0.2. Default:"
              + " 0.1 if there are neither validation nor test images, otherwise none.")
  Double validationPart;

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
    DataOptions options = DataOptions.DEFAULT.withChannels(channels);
    if (validationPart == null) {
      return options;
    }
    return withValidationPart(options, validationPart);
  }

  /**
   * Returns options with a fraction of the training images to hold out for validation.
   *
   * @throws UsageException when the fraction is not above 0 and below 1
   */
  static DataOptions withValidationPart(DataOptions options, double part) {
    if (!(part > 0 && part < 1)) {
      throw new UsageException(VAL_SPLIT + " must be above 0 and below 1, but is " + part);
    }
    return options.withValidationPart(part);
  }
}
