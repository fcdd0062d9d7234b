package org.nin4j.data;

/**
 * Images ready for a network, and their labels. The arrays are reused: a batch is valid until the
 * next one is taken from its loader.
 */
public final class Batch {
  private final float[] images;
  private final int[] labels;
  private final int[] indices;
  private int size;

  Batch(float[] images, int[] labels) {
    this.images = images;
    this.labels = labels;
    indices = new int[labels.length];
  }

  /** (N, C, H, W), normalised, from the array's start; it may be longer. Not a copy. */
  public float[] images() {
    return images;
  }

  /** N class numbers, from the array's start; it may be longer. Not a copy. */
  public int[] labels() {
    return labels;
  }

  /** Indices of the N images in their data set, from the array's start. Not a copy. */
  public int[] indices() {
    return indices;
  }

  /** N. */
  public int size() {
    return size;
  }

  void resize(int newSize) {
    size = newSize;
  }
}
