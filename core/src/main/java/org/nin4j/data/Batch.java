package org.nin4j.data;

/**
 * Images ready for a network, and their labels. The arrays are reused: a batch is valid until the
 * next one is taken from its epoch.
 */
public final class Batch {
  private final float[] images;
  private final int[] labels;
  private final int[] indices;
  private final int[] repeats;
  private final int[] secondLabels;
  private final float[] ratios;
  private int size;

  Batch(float[] images, int[] labels) {
    this.images = images;
    this.labels = labels;
    indices = new int[labels.length];
    repeats = new int[labels.length];
    secondLabels = new int[labels.length];
    ratios = new float[labels.length];
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

  /**
   * {@return for each of the {@link #size()} images how often it has come before in the epoch, from
   * the array's start; 0 unless images are repeated, as by {@link Sampling#BALANCED}} The array
   * itself, not a copy; it may be longer.
   */
  public int[] repeats() {
    return repeats;
  }

  /**
   * {@return for each of the {@link #size()} images the label of the image that was mixed into it,
   * from the array's start; its own label if none was} The array itself, not a copy; it may be
   * longer.
   */
  public int[] secondLabels() {
    return secondLabels;
  }

  /**
   * {@return for each of the {@link #size()} images the share of its own label in its target, 0 to
   * 1, from the array's start; the rest of 1 is the share of its {@linkplain #secondLabels() second
   * label}} The share is 1 where no image was mixed in. The array itself, not a copy; it may be
   * longer.
   */
  public float[] ratios() {
    return ratios;
  }

  /** {@return the number of images in the batch, N} */
  public int size() {
    return size;
  }

  void resize(int newSize) {
    size = newSize;
  }
}
