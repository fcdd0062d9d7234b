package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;

/**
 * The parts of a data set as they are stored, before images are held out. There may be training
 * images only.
 *
 * @param name the name of the data set in messages
 * @param train the images to learn from
 * @param validation the validation images, if there are any
 * @param test the test images, if there are any
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
   * Returns the data set. Some of the training images are held out for validation if the options
   * say so, or if there are neither validation nor test images.
   *
   * @param folder the folder of the images, for messages
   */
  DatasetSplits complete(Path folder, DataOptions options) throws IOException {
    try {
      if (validation.isPresent() && options.validationPart().isPresent()) {
        throw new IllegalArgumentException(
            "already has validation images, so none can be held out; leave out that option");
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
