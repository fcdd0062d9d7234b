package org.nin4j;

/** exp(logit) / sum of exp(logits), with the largest logit taken off first. */
final class Softmax {
  private Softmax() {}

  /**
   * Computes the probabilities of one image.
   *
   * @return index of the largest logit, the first of equal ones
   * @throws IllegalArgumentException when a logit is no number
   */
  static int of(float[] logits, float[] probabilities, int classes) {
    int largest = 0;
    for (int c = 1; c < classes; c++) {
      largest = logits[c] > logits[largest] ? c : largest;
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp((double) logits[c] - logits[largest]);
    }
    if (!Double.isFinite(sum)) {
      throw new IllegalArgumentException(
          "the model computes no numbers for this image; its weights are not usable");
    }
    for (int c = 0; c < classes; c++) {
      probabilities[c] = (float) (Math.exp((double) logits[c] - logits[largest]) / sum);
    }
    return largest;
  }
}
