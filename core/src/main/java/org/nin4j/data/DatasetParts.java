package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;

/**
 * What lies in a folder before anything is held out: perhaps training images alone.
 *
 * @param name what messages call the data set
 */
record DatasetParts(
    String name,
    ImageDataset train,
    Optional<ImageDataset> validation,
    Optional<ImageDataset> test) {
  DatasetParts(String name, DatasetSplits splits) {
    this(name, splits.train(), splits.validation(), splits.test());
  }

  /**
   * The data set, with a part of the training images held out for validation if the options ask for
   * it or there is nothing else to measure by.
   *
   * @param folder where the images are, for messages
   */
  DatasetSplits complete(Path folder, DataOptions options) throws IOException {
    try {
      if (validation.isPresent() && options.validationPart().isPresent()) {
        throw new IllegalArgumentException(
            "has validation images of its own, so none need to be held out; leave out that option");
      }
      boolean holdOut = options.validationPart().isPresent() || test.isEmpty();
      if (validation.isPresent() || !holdOut) {
        return new DatasetSplits(train, validation, test);
      }
      double part = options.validationPart().orElse(DataOptions.DEFAULT_VALIDATION_PART);
      Holdout holdout = Holdout.of(train, part, options.seed());
      return new DatasetSplits(
          new SubsetDataset(name + " (train)", train, holdout.kept(), train.leftOut()),
          Optional.of(
              new SubsetDataset(
                  name + " (validation)", train, holdout.heldOut(), FilesLeftOut.NONE)),
          test);
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(folder, e.getMessage(), e);
    }
  }
}
