package org.nin4j.train;

import java.util.Optional;

/**
 * The metrics of one epoch. After each epoch the model is evaluated on the validation images if the
 * data set has some; then the test images are used after the last epoch only. Without validation
 * images the model is evaluated on the test images after each epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param train the training images, each measured in the step that used it, with augmentation,
 *     Dropout and label smoothing
 * @param validation the validation images after the epoch, if there are some
 * @param test the test images after the epoch, if they were used
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
   * @param train the score of the training images
   * @param validation the score of the validation images, if there are some
   * @param test the score of the test images, if they were used
   * @param imagesPerSecond training images per second
   * @throws IllegalArgumentException when the model was evaluated on no images
   */
  public EpochMetrics {
    if (validation.isEmpty() && test.isEmpty()) {
      throw new IllegalArgumentException("epoch " + epoch + " has no evaluation");
    }
  }

  /**
   * Returns the score by which epochs of one training can be compared.
   *
   * @return the score of the validation images if there are some, otherwise of the test images
   */
  public Score evaluation() {
    return validation.or(() -> test).orElseThrow();
  }
}
