package org.nin4j.data;

/**
 * Images ready for a network, and their labels. The arrays are reused: a batch is valid until the
 * next one is taken from its epoch.
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

  /**
   * {@return the preprocessed images themselves, not a copy: floats in the order (N, C, H, W), from
   * the array's start} The array may be longer.
   */
  public float[] images() {
    return images;
  }

  /**
   * {@return the labels themselves, not a copy: for each of the {@link #size()} images the index of
   * its class, from the array's start} The array may be longer.
   */
  public int[] labels() {
    return labels;
  }

  /**
   * {@return the indices of the {@link #size()} images in their data set, not a copy, from the
   * array's start} The array may be longer.
   */
  public int[] indices() {
    return indices;
  }

  /** {@return the number of images, N} */
  public int size() {
    return size;
  }

  void resize(int newSize) {
    size = newSize;
  }
}
