package org.nin4j.train;

import java.util.Optional;

/**
 * The metrics of one epoch. If the data set has validation images, the model is evaluated on them
 * after each epoch, and on the test images only after the last epoch. Otherwise it is evaluated on
 * the test images after each epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param train the score on the training images, each measured in the step that used it, with
 *     augmentation, mixing, Dropout and label smoothing
 * @param validation the score on the validation images after the epoch, if there are any
 * @param test the score on the test images after the epoch, if they were used
 * @param imagesPerSecond training images per second, including the time to prepare them and
 *     excluding evaluation
 */
public record EpochMetrics(
    int epoch,
    Score train,
    Optional<Score> validation,
    Optional<Score> test,
    double imagesPerSecond) {
  /**
   * Creates metrics.
   *
   * @param epoch number of the epoch, from 1
   * @param train the score on the training images
   * @param validation the score on the validation images, if there are any
   * @param test the score on the test images, if they were used
   * @param imagesPerSecond training images per second
   * @throws IllegalArgumentException when there is neither a validation nor a test score
   */
  public EpochMetrics {
    if (validation.isEmpty() && test.isEmpty()) {
      throw new IllegalArgumentException(
          "epoch " + epoch + " has neither a validation nor a test score; give one");
    }
  }

  /**
   * Returns the score by which the epochs of a training can be compared.
   *
   * @return the score on the validation images if there is one, otherwise on the test images
   */
  public Score evaluation() {
    return validation.or(() -> test).orElseThrow();
  }

  /** Returns the loss that a schedule watches: of the validation or else the training images. */
  double watchedLoss() {
    return validation.orElse(train).loss();
  }
}
