package org.nin4j.train.internal;

import org.nin4j.data.Batch;

/** What the outputs for a batch should be: one class for each image, or two that share it. */
public final class Targets {
  private final int[] labels;
  private final int[] secondLabels;
  private final float[] ratios;

  private Targets(int[] labels, int[] secondLabels, float[] ratios) {
    this.labels = labels;
    this.secondLabels = secondLabels;
    this.ratios = ratios;
  }

  /** Returns targets of one class each; the array is not copied. */
  public static Targets of(int[] labels) {
    return new Targets(labels, labels, null);
  }

  /** Returns the targets of a batch, in which images may be mixed; its arrays are not copied. */
  public static Targets of(Batch batch) {
    return new Targets(batch.labels(), batch.secondLabels(), batch.ratios());
  }

  /** Returns the class with which a prediction must agree to be correct. */
  int label(int image) {
    return labels[image];
  }

  /** Returns the share of a class in the target of an image, 0 to 1. */
  double share(int image, int label) {
    double ratio = ratios == null ? 1 : ratios[image];
    return (label == labels[image] ? ratio : 0) + (label == secondLabels[image] ? 1 - ratio : 0);
  }
}
