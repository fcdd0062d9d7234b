package org.nin4j.evaluate;

import org.nin4j.internal.Softmax;

/**
 * How a model classified one image.
 *
 * @param label index of the image's class, from 0
 * @param predicted index of the most probable class; of equally probable ones, the first
 * @param rank how many classes are more probable than that of the image: 0 if the image was
 *     classified correctly. Of equally probable classes, the first counts as more probable
 * @param probability the probability of the predicted class, 0 to 1
 * @param labelProbability the probability of the image's class, 0 to 1
 * @param loss the cross-entropy, {@code -log(labelProbability)}, which is accurate where the
 *     probability is rounded to 0
 */
public record ImageResult(
    int label, int predicted, int rank, double probability, double labelProbability, double loss) {

  /**
   * Returns whether the image was classified correctly.
   *
   * @return whether the predicted class is that of the image
   */
  public boolean correct() {
    return predicted == label;
  }

  /**
   * Computes the result of an image from its logits.
   *
   * @param logits (N, classes)
   * @param row index of the image's first logit
   * @param classes number of classes
   */
  static ImageResult of(float[] logits, int row, int classes, int label) {
    int predicted = Softmax.largest(logits, row, classes);
    float labelLogit = logits[row + label];
    int rank = 0;
    for (int c = 0; c < classes; c++) {
      if (logits[row + c] > labelLogit || (c < label && logits[row + c] == labelLogit)) {
        rank++;
      }
    }
    double max = logits[row + predicted];
    double logSum = Softmax.logSum(logits, row, classes, max);
    return new ImageResult(
        label,
        predicted,
        rank,
        StrictMath.exp(-logSum),
        StrictMath.exp(labelLogit - max - logSum),
        -(labelLogit - max - logSum));
  }
}
