package org.nin4j.data;

import java.util.List;
import java.util.Optional;

/**
 * A data set in its parts, which have the same classes and channels. Images may be of any size.
 *
 * @param train the images to train on
 * @param validation the images to choose a recipe or an epoch by, if there is a separate set
 * @param test the images to evaluate the result on
 */
public record DatasetSplits(
    ImageDataset train, Optional<ImageDataset> validation, ImageDataset test) {
  /**
   * Checks that the parts fit together.
   *
   * @param train the images to train on
   * @param validation the images to choose a recipe or an epoch by, if there is a separate set
   * @param test the images to evaluate the result on
   * @throws IllegalArgumentException if a part has other channels, other classes or another order
   *     of classes than the training images; the message names the part and the class
   */
  public DatasetSplits {
    if (validation.isPresent()) {
      requireLike(train, validation.get());
    }
    requireLike(train, test);
  }

  /**
   * Creates a data set without validation images.
   *
   * @param train the images to train on
   * @param test the images to evaluate the result on
   * @throws IllegalArgumentException if they differ in channels, classes or the order of classes
   */
  public DatasetSplits(ImageDataset train, ImageDataset test) {
    this(train, Optional.empty(), test);
  }

  private static void requireLike(ImageDataset train, ImageDataset other) {
    if (other.channels() != train.channels()) {
      throw new IllegalArgumentException(
          String.format(
              "the images of %s have %d channels, but those of %s have %d",
              other.name(), other.channels(), train.name(), train.channels()));
    }
    List<String> expected = train.classes();
    List<String> found = other.classes();
    for (int c = 0; c < Math.min(expected.size(), found.size()); c++) {
      if (!found.get(c).equals(expected.get(c))) {
        throw new IllegalArgumentException(
            String.format(
                "class %d of %s is '%s', but that of %s is '%s'",
                c, other.name(), found.get(c), train.name(), expected.get(c)));
      }
    }
    if (found.size() != expected.size()) {
      throw new IllegalArgumentException(
          String.format(
              "%s has %d classes, but %s has %d; only the latter has '%s'",
              found.size() < expected.size() ? other.name() : train.name(),
              Math.min(found.size(), expected.size()),
              found.size() < expected.size() ? train.name() : other.name(),
              Math.max(found.size(), expected.size()),
              (found.size() < expected.size() ? expected : found)
                  .get(Math.min(found.size(), expected.size()))));
    }
  }
}
