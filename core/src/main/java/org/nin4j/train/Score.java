package org.nin4j.train;

/**
 * The loss and the accuracy of a model on a set of images.
 *
 * @param loss mean cross-entropy of the images
 * @param accuracy fraction of the images that were classified correctly, 0 to 1
 */
public record Score(double loss, double accuracy) {
  /**
   * Returns whether this score is better than another one: by a higher accuracy, or by a lower loss
   * at the same accuracy.
   *
   * @param other another score
   * @return true if this one is better
   */
  public boolean isBetterThan(Score other) {
    return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
  }
}
