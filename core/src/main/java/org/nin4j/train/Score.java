package org.nin4j.train;

/**
 * How well a model classifies a set of images, in two numbers.
 *
 * @param loss mean cross-entropy of the images
 * @param accuracy fraction of the images that were classified correctly, 0 to 1
 */
public record Score(double loss, double accuracy) {
  /** Whether this is a better score than another: more accurate, or as accurate at a lower loss. */
  boolean isBetterThan(Score other) {
    return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
  }
}
