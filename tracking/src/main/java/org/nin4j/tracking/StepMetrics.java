package org.nin4j.tracking;

/**
 * The metrics of one training step, a line of {@code steps.csv}.
 *
 * @param epoch number of the epoch, from 1
 * @param step number of the step in its epoch, from 1
 * @param loss mean loss of the images of the step
 * @param learningRate the learning rate of the step, before the factors of parameter groups
 * @param gradientNorm the Euclidean norm of the gradient of all parameters, before clipping
 * @param imagesPerSecond training images per second from the start of the epoch to this step, or
 *     from where the training was resumed in the epoch
 */
public record StepMetrics(
    int epoch,
    int step,
    double loss,
    double learningRate,
    double gradientNorm,
    double imagesPerSecond) {
  /**
   * Checks the numbers of the epoch and the step.
   *
   * @param epoch number of the epoch, from 1
   * @param step number of the step in its epoch, from 1
   * @param loss mean loss of the images of the step
   * @param learningRate the learning rate of the step
   * @param gradientNorm the norm of the gradient
   * @param imagesPerSecond training images per second
   * @throws IllegalArgumentException when the epoch or the step is below 1
   */
  public StepMetrics {
    if (epoch < 1 || step < 1) {
      throw new IllegalArgumentException(
          "epochs and steps are numbered from 1, but got epoch " + epoch + ", step " + step);
    }
  }

  /** Returns whether this step comes after another one of the same training. */
  boolean isAfter(StepMetrics other) {
    return epoch > other.epoch || (epoch == other.epoch && step > other.step);
  }
}
