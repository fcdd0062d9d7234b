package org.nin4j.cli;

import org.nin4j.data.DataOptions;
import picocli.CommandLine.Option;

/** The options that say how a data set of images is opened. */
final class ImageDataOptions {
  static final String GREY = "--grey";
  static final String VAL_SPLIT = "--val-split";

  @Option(
      names = GREY,
      description = "Take images in colour as grey ones. Data sets that are grey stay so.")
  boolean grey;

  @Option(
      names = VAL_SPLIT,
      paramLabel = "PART",
      description =
          "Part of each class's training images to hold out for validation, such as 0.2. Default: 0.1"
              + " of a folder of classes that has no split of its own, else none.")
  Double validationPart;

  /** The options for a data set of which the channels are free. */
  DataOptions options() {
    return options(grey ? 1 : 3);
  }

  /**
   * The options for a data set of which a model says the channels.
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
   * Returns options with a part of the training images to hold out for validation.
   *
   * @throws UsageException when the part is not above 0 and below 1
   */
  static DataOptions withValidationPart(DataOptions options, double part) {
    if (!(part > 0 && part < 1)) {
      throw new UsageException(VAL_SPLIT + " must be above 0 and below 1, but is " + part);
    }
    return options.withValidationPart(part);
  }
}
