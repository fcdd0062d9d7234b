package org.nin4j.train;

/**
 * Cross-entropy of softmax over the classes: -log(softmax(logits)[label]), and its gradient. With
 * label smoothing s the target of each class is s / classes, and 1 - s more for the right one
 * (Szegedy and others, 2015), as in PyTorch's CrossEntropyLoss.
 */
public final class CrossEntropy {
  private final double smoothing;

  /**
   * @param smoothing from 0 (none) to below 1
   */
  public CrossEntropy(double smoothing) {
    this.smoothing = smoothing;
  }

  /**
   * The loss of a batch.
   *
   * @param lossSum sum, not mean, over the images
   * @param correct images whose largest logit is their label's
   */
  public record BatchLoss(double lossSum, int correct) {}

  /**
   * Computes the loss and, where wanted, the gradient of its mean.
   *
   * @param logits (count, classes)
   * @param gradient receives (count, classes); null when not wanted
   */
  public BatchLoss compute(float[] logits, int[] labels, int count, int classes, float[] gradient) {
    double lossSum = 0;
    int correct = 0;
    for (int n = 0; n < count; n++) {
      int row = n * classes;
      int largest = largest(logits, row, classes);
      double max = logits[row + largest];
      double logSum = logSum(logits, row, classes, max);
      if (largest == labels[n]) {
        correct++;
      }
      for (int c = 0; c < classes; c++) {
        double logProbability = logits[row + c] - max - logSum;
        double target = smoothing / classes + (c == labels[n] ? 1 - smoothing : 0);
        if (target != 0) {
          lossSum -= target * logProbability;
        }
        if (gradient != null) {
          gradient[row + c] = (float) ((StrictMath.exp(logProbability) - target) / count);
        }
      }
    }
    return new BatchLoss(lossSum, correct);
  }

  /** Place of the largest of a row of logits, from 0; the first of equals. */
  static int largest(float[] logits, int row, int classes) {
    int largest = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[row + c] > logits[row + largest]) {
        largest = c;
      }
    }
    return largest;
  }

  /**
   * log(sum exp(logit - max)): cannot overflow, and as max is left out, cannot vanish beside it.
   */
  private static double logSum(float[] logits, int row, int classes, double max) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(logits[row + c] - max);
    }
    return StrictMath.log(sum);
  }
}
