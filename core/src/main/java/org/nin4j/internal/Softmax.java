package org.nin4j.internal;

import org.nin4j.error.InvalidModelException;

/** From logits to probabilities: exp(logit) / sum of exp(logits), and the index of the largest. */
public final class Softmax {
  private Softmax() {}

  /**
   * Finds the largest of a row of logits.
   *
   * @param logits (N, classes)
   * @param row index of the row's first logit in the array
   * @param classes length of the row, at least 1
   * @return index of the largest within the row, from 0; the first of equals
   */
  public static int largest(float[] logits, int row, int classes) {
    int largest = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[row + c] > logits[row + largest]) {
        largest = c;
      }
    }
    return largest;
  }

  /**
   * Computes log(sum exp(logit - max)), which cannot overflow. The maximum is not added back,
   * because a large one would absorb the logarithm.
   *
   * @param logits (N, classes)
   * @param row index of the row's first logit in the array
   * @param classes length of the row
   * @param max the largest logit of the row
   */
  public static double logSum(float[] logits, int row, int classes, double max) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(logits[row + c] - max);
    }
    return StrictMath.log(sum);
  }

  /**
   * Computes the probabilities of one image. The largest logit is subtracted first, so that nothing
   * overflows.
   *
   * @param logits (classes)
   * @param probabilities receives (classes), 0 to 1
   * @return index of the most probable class, the first of equals
   * @throws InvalidModelException when a logit is NaN or infinite
   */
  public static int probabilities(float[] logits, float[] probabilities, int classes) {
    int largest = largest(logits, 0, classes);
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp((double) logits[c] - logits[largest]);
    }
    if (!Double.isFinite(sum)) {
      throw new InvalidModelException(
          "the model computes no numbers for this image; its weights are not usable, take another"
              + " model");
    }
    for (int c = 0; c < classes; c++) {
      probabilities[c] = (float) (Math.exp((double) logits[c] - logits[largest]) / sum);
    }
    return largest;
  }
}
