package org.nin4j.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A data set split into training images and validation or test images, or both. All parts have the
 * same classes and channels; images may have any size.
 *
 * @param train the images to learn from
 * @param validation the images by which a recipe or an epoch is chosen, if there are any
 * @param test the images by which the final model is judged, if there are any
 */
public record DatasetSplits(
    ImageDataset train, Optional<ImageDataset> validation, Optional<ImageDataset> test) {
  /**
   * Checks that the parts fit together.
   *
   * @param train the images to learn from
   * @param validation the images by which a recipe or an epoch is chosen, if there are any
   * @param test the images by which the final model is judged, if there are any
   * @throws IllegalArgumentException if there are neither validation nor test images, or a part has
   *     other channels, other classes or another order of classes than the training images; the
   *     message names the part and the class
   */
  public DatasetSplits {
    if (validation.isEmpty() && test.isEmpty()) {
      throw new IllegalArgumentException(
          train.name() + " has neither validation nor test images; provide at least one of them");
    }
    validation.ifPresent(part -> requireLike(train, part));
    test.ifPresent(part -> requireLike(train, part));
  }

  /**
   * Creates a data set without validation images.
   *
   * @param train the images to learn from
   * @param test the images by which the model is judged
   * @throws IllegalArgumentException if they differ in channels, classes or the order of classes
   */
  public DatasetSplits(ImageDataset train, ImageDataset test) {
    this(train, Optional.empty(), Optional.of(test));
  }

  /**
   * Returns the images to evaluate a model on during training, such as after each epoch.
   *
   * @return the validation images if there are any, otherwise the test images
   */
  public ImageDataset validationOrTest() {
    return validation.or(() -> test).orElseThrow();
  }

  /**
   * Returns the images to evaluate a finished model on.
   *
   * @return the test images if there are any, otherwise the validation images
   */
  public ImageDataset testOrValidation() {
    return test.or(() -> validation).orElseThrow();
  }

  /**
   * Returns a data set of a few of these images, evenly spread over each part, to try out a
   * training.
   *
   * @param trainLimit largest number of training images, at least 1
   * @param evaluationLimit largest number of validation images, and of test images, at least 1
   * @return a data set whose parts have at most these numbers of images
   * @throws IllegalArgumentException if a limit is below 1
   */
  public DatasetSplits limited(int trainLimit, int evaluationLimit) {
    return new DatasetSplits(
        limited(train, trainLimit),
        validation.map(part -> limited(part, evaluationLimit)),
        test.map(part -> limited(part, evaluationLimit)));
  }

  private static ImageDataset limited(ImageDataset part, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit must be at least 1 image, but is " + limit);
    }
    if (part.size() <= limit) {
      return part;
    }
    List<Integer> indices =
        IntStream.range(0, limit).mapToObj(i -> (int) ((long) i * part.size() / limit)).toList();
    return new SubsetDataset(part.name(), part, indices, part.leftOut());
  }

  /** {@return the files that were left out of all parts together} */
  public FilesLeftOut leftOut() {
    FilesLeftOut all = train.leftOut();
    all = validation.isPresent() ? all.and(validation.get().leftOut()) : all;
    return test.isPresent() ? all.and(test.get().leftOut()) : all;
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
