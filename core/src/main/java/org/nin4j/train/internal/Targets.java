package org.nin4j.train.internal;

/** What is right for each image of a batch; the arrays are kept, not copied. */
public final class Targets {
  final int[] labels;
  final int[] secondLabels;
  final float[] ratios;

  /**
   * @param labels the class of each image
   * @param secondLabels the class of the image that is mixed into it, or its own
   * @param ratios the share of the first label, 0 to 1; the second one has the rest
   */
  public Targets(int[] labels, int[] secondLabels, float[] ratios) {
    this.labels = labels;
    this.secondLabels = secondLabels;
    this.ratios = ratios;
  }
}
