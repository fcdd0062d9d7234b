package org.nin4j.train.internal;

import java.util.Arrays;
import org.nin4j.internal.Softmax;

/**
 * Cross-entropy of softmax over the classes: -log(softmax(logits)[label]), and its gradient. With
 * label smoothing s the target of each class is s / classes, and 1 - s more for the right one
 * (Szegedy and others, 2015), as in PyTorch's CrossEntropyLoss. Where an image is a mixture of two,
 * the 1 - s is shared between their labels.
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
   * The loss of some images.
   *
   * @param lossSum sum, not mean, over the images
   * @param correct images whose largest logit is their (first) label's
   */
  public record Loss(double lossSum, int correct) {}

  /**
   * Computes the loss of the first images of a batch and, where wanted, the gradient of its mean.
   *
   * @param logits (count, classes)
   * @param gradient receives (count, classes); null when not wanted
   */
  public Loss compute(float[] logits, int[] labels, int count, int classes, float[] gradient) {
    float[] ratios = new float[count];
    Arrays.fill(ratios, 1);
    return compute(logits, new Targets(labels, labels, ratios), 0, count, count, classes, gradient);
  }

  /**
   * Computes the loss of a run of images of a batch and, where wanted, their part of the gradient
   * of the batch's mean.
   *
   * @param logits (batch, classes)
   * @param targets of the batch
   * @param from index of the first image
   * @param to index after the last image
   * @param batch images of the whole batch
   * @param gradient of which the rows of these images are overwritten; null when not wanted
   */
  public Loss compute(
      float[] logits, Targets targets, int from, int to, int batch, int classes, float[] gradient) {
    double lossSum = 0;
    int correct = 0;
    for (int n = from; n < to; n++) {
      int row = n * classes;
      int largest = Softmax.largest(logits, row, classes);
      double max = logits[row + largest];
      double logSum = logSum(logits, row, classes, max);
      int label = targets.labels[n];
      int second = targets.secondLabels[n];
      double ratio = targets.ratios[n];
      if (largest == label) {
        correct++;
      }
      for (int c = 0; c < classes; c++) {
        double logProbability = logits[row + c] - max - logSum;
        double target =
            smoothing / classes
                + (c == label ? (1 - smoothing) * ratio : 0)
                + (c == second ? (1 - smoothing) * (1 - ratio) : 0);
        if (target != 0) {
          lossSum -= target * logProbability;
        }
        if (gradient != null) {
          gradient[row + c] = (float) ((StrictMath.exp(logProbability) - target) / batch);
        }
      }
    }
    return new Loss(lossSum, correct);
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
