package org.nin4j.data;

import java.util.List;

/** Describes a {@link DataLoader}: by default one that gives the images as they are, in order. */
public final class DataLoaderBuilder {
  private static final int MOST_DEFAULT_WORKERS = 8;

  final ImageDataset dataset;
  final Preprocessing preprocessing;
  final int batchSize;
  boolean shuffle;
  List<Augmentation> augmentations = List.of();
  long seed;

  /** Null for none. */
  Mixing mixing;

  int workers =
      Math.max(1, Math.min(MOST_DEFAULT_WORKERS, Runtime.getRuntime().availableProcessors() / 2));

  DataLoaderBuilder(ImageDataset dataset, Preprocessing preprocessing, int batchSize) {
    this.dataset = dataset;
    this.preprocessing = preprocessing;
    this.batchSize = batchSize;
  }

  /** Sets whether the images are shuffled anew for each epoch; they are not unless this is set. */
  public DataLoaderBuilder shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /**
   * Sets what changes each image before its preprocessing, in this order; nothing unless this is
   * set.
   */
  public DataLoaderBuilder augmentations(List<Augmentation> value) {
    augmentations = List.copyOf(value);
    return this;
  }

  /**
   * Sets what decides, with the epoch's number, the order and what the augmentations and the mixing
   * do; 0 unless this is set.
   */
  public DataLoaderBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Sets how another image is mixed into each, or null for not at all, the default. */
  public DataLoaderBuilder mixing(Mixing value) {
    mixing = value;
    return this;
  }

  /**
   * Sets the number of threads that prepare images, for the speed only; half of the processors, but
   * at most 8, unless this is set.
   *
   * @param value at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public DataLoaderBuilder workers(int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "at least 1 thread must prepare images, but there are to be " + value);
    }
    workers = value;
    return this;
  }

  /**
   * Creates the loader.
   *
   * @throws IllegalArgumentException if there are no images, or a batch is not positive or larger
   *     than an array
   */
  public DataLoader build() {
    return new DataLoader(this);
  }
}
