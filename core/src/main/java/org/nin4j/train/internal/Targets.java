package org.nin4j.train.internal;

import org.nin4j.data.Batch;

/** The targets of a batch: for each image, one class or two classes with their shares. */
public final class Targets {
  private final int[] labels;
  private final int[] secondLabels;
  private final float[] ratios;

  /**
   * Creates targets; the arrays are not copied.
   *
   * @param labels the class of each image
   * @param secondLabels the class that shares the target of each image, or the same one
   * @param ratios the share of the first class, 0 to 1
   */
  public Targets(int[] labels, int[] secondLabels, float[] ratios) {
    this.labels = labels;
    this.secondLabels = secondLabels;
    this.ratios = ratios;
  }

  /**
   * Returns targets of one class each.
   *
   * @param labels the class of each image; not copied
   */
  public static Targets of(int[] labels) {
    return new Targets(labels, labels, null);
  }

  /**
   * Returns the targets of a batch, whose images may be mixed.
   *
   * @param batch the batch, whose arrays are not copied
   */
  public static Targets of(Batch batch) {
    return new Targets(batch.labels(), batch.secondLabels(), batch.ratios());
  }

  /** Returns the class that counts as the correct prediction. */
  int label(int image) {
    return labels[image];
  }

  /** Returns the share of a class in the target of an image, 0 to 1. */
  double share(int image, int label) {
    double ratio = ratios == null ? 1 : ratios[image];
    return (label == labels[image] ? ratio : 0) + (label == secondLabels[image] ? 1 - ratio : 0);
  }
}
