package org.nin4j.train.internal;

import org.nin4j.internal.Softmax;

/**
 * The cross-entropy of the softmax over the classes, -log(softmax(logits)[label]), and its
 * gradient. With label smoothing s, the target of each class is s / classes, and that of the label
 * is 1 - s larger (Szegedy and others, 2015), as in PyTorch's CrossEntropyLoss.
 */
public final class CrossEntropy {
  private final double smoothing;
  private final double[] classWeights; // null if all are 1

  /**
   * Creates a loss in which all classes count the same.
   *
   * @param smoothing the label smoothing, at least 0 (none) and below 1
   */
  public CrossEntropy(double smoothing) {
    this(smoothing, null);
  }

  /**
   * Creates a loss that weights the target of each class.
   *
   * @param smoothing the label smoothing, at least 0 (none) and below 1
   * @param classWeights the weight of each class, at least 0, as PyTorch's {@code weight}, except
   *     that the mean over a batch is not divided by the images' weights; null if all are 1
   */
  public CrossEntropy(double smoothing, double[] classWeights) {
    this.smoothing = smoothing;
    this.classWeights = classWeights == null ? null : classWeights.clone();
  }

  /**
   * The loss of some images.
   *
   * @param lossSum sum, not mean, of the loss over the images
   * @param correct number of images whose largest logit is that of their label
   */
  public record Loss(double lossSum, int correct) {}

  /**
   * Computes the loss of the first images of a batch and, optionally, the gradient of its mean.
   *
   * @param logits (count, classes)
   * @param labels indices of classes, at least {@code count}
   * @param count number of images
   * @param classes number of classes
   * @param gradient receives the gradient, (count, classes); null if it is not needed
   * @return the loss
   */
  public Loss compute(float[] logits, int[] labels, int count, int classes, float[] gradient) {
    return compute(logits, Targets.of(labels), 0, count, count, classes, gradient);
  }

  /**
   * Computes the loss of consecutive images of a batch and, optionally, their rows of the gradient
   * of the batch's mean loss.
   *
   * @param logits (batch, classes)
   * @param targets the targets of all images of the batch
   * @param from index of the first image
   * @param to index after the last image
   * @param batch number of images in the whole batch
   * @param classes number of classes
   * @param gradient (batch, classes); the rows of these images are overwritten; null if the
   *     gradient is not needed
   * @return the loss of these images
   */
  public Loss compute(
      float[] logits, Targets targets, int from, int to, int batch, int classes, float[] gradient) {
    double lossSum = 0;
    int correct = 0;
    for (int n = from; n < to; n++) {
      int row = n * classes;
      int largest = Softmax.largest(logits, row, classes);
      double max = logits[row + largest];
      double logSum = Softmax.logSum(logits, row, classes, max);
      double total = total(targets, n, classes);
      if (largest == targets.label(n)) {
        correct++;
      }
      for (int c = 0; c < classes; c++) {
        double logProbability = logits[row + c] - max - logSum;
        double target = target(targets, n, c, classes);
        if (target != 0) {
          lossSum -= target * logProbability;
        }
        if (gradient != null) {
          gradient[row + c] = (float) ((total * StrictMath.exp(logProbability) - target) / batch);
        }
      }
    }
    return new Loss(lossSum, correct);
  }

  /** Returns the weighted target of a class for an image. */
  private double target(Targets targets, int image, int label, int classes) {
    double target = smoothing / classes + (1 - smoothing) * targets.share(image, label);
    return classWeights == null ? target : classWeights[label] * target;
  }

  /** Returns the sum of an image's weighted targets: exactly 1 if all classes count the same. */
  private double total(Targets targets, int image, int classes) {
    if (classWeights == null) {
      return 1;
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += target(targets, image, c, classes);
    }
    return sum;
  }
}
