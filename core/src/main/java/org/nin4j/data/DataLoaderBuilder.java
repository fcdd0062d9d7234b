package org.nin4j.data;

import java.util.List;
import java.util.Objects;

/**
 * Builds a {@link DataLoader}. By default it returns the images in the data set's order, without
 * augmentation or mixing.
 */
public final class DataLoaderBuilder {
  private static final int MAX_DEFAULT_WORKERS = 8;

  final ImageDataset dataset;
  final Preprocessing preprocessing;
  final int batchSize;
  Sampling sampling = Sampling.SEQUENTIAL;
  boolean dropLast;
  List<Augmentation> augmentations = List.of();
  long seed;

  /** Null for no mixing. */
  Mixing mixing;

  int workers =
      Math.max(1, Math.min(MAX_DEFAULT_WORKERS, Runtime.getRuntime().availableProcessors() / 2));

  DataLoaderBuilder(ImageDataset dataset, Preprocessing preprocessing, int batchSize) {
    this.dataset = dataset;
    this.preprocessing = preprocessing;
    this.batchSize = batchSize;
  }

  /**
   * Sets which images are drawn in an epoch, and in which order. The default is every image once,
   * in the data set's order.
   *
   * @param value the sampling
   * @return this builder
   */
  public DataLoaderBuilder sampling(Sampling value) {
    sampling = Objects.requireNonNull(value);
    return this;
  }

  /**
   * Sets whether an epoch ends before its last batch if that batch is smaller than the others, as
   * by PyTorch's {@code drop_last}. The images that would have been in it are left out of the
   * epoch. A data set with fewer images than a batch keeps its only batch. The default is to keep
   * the last batch.
   *
   * @param value true to leave out a smaller last batch
   * @return this builder
   */
  public DataLoaderBuilder dropLast(boolean value) {
    dropLast = value;
    return this;
  }

  /**
   * Sets the augmentations. The default is none.
   *
   * @param value the steps that are applied to each image before its preprocessing, in this order
   * @return this builder
   */
  public DataLoaderBuilder augmentations(List<Augmentation> value) {
    augmentations = List.copyOf(value);
    return this;
  }

  /**
   * Sets the seed of the order, the augmentations and the mixing. The default is 0.
   *
   * @param value any number; the same seed gives the same batches
   * @return this builder
   */
  public DataLoaderBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Sets how another image is mixed into each image. The default is not to mix.
   *
   * @param value the mixing
   * @return this builder
   */
  public DataLoaderBuilder mixing(Mixing value) {
    mixing = value;
    return this;
  }

  /**
   * Sets the number of threads that prepare images, which affects only the speed. The default is
   * half of the processors, but at least 1 and at most 8.
   *
   * @param value number of threads, at least 1
   * @return this builder
   * @throws IllegalArgumentException if the number is below 1
   */
  public DataLoaderBuilder workers(int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "the number of threads that prepare images must be at least 1, but is " + value);
    }
    workers = value;
    return this;
  }

  /**
   * Builds the loader.
   *
   * @return a loader without an open epoch
   * @throws IllegalArgumentException if there are no images, the batch size is below 1, or a batch
   *     does not fit into an array
   */
  public DataLoader build() {
    return new DataLoader(this);
  }

  /**
   * Builds what prepares parts of batches in any order, instead of passes over the data set.
   *
   * @param threads number of threads that may prepare images at the same time, at least 1
   * @param most most images of a part, at least 1
   * @return the same images, bit for bit, as a loader gives
   * @throws IllegalArgumentException if there are no images, or a part is larger than an array
   */
  public BatchParts buildParts(int threads, int most) {
    return new BatchParts(this, threads, most);
  }

  /** How the epochs are divided. */
  Batching batching() {
    if (batchSize >= 1 && dataset.size() < 1) {
      throw new IllegalArgumentException(dataset.name() + " holds no images");
    }
    return new Batching(dataset.size(), batchSize, dropLast);
  }

  /** Returns how many floats an image becomes; an array must hold as many images as said. */
  int imageLength(int images) {
    long length = (long) preprocessing.channels() * preprocessing.height() * preprocessing.width();
    if (images * length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              "a batch of %d images of %dx%dx%d is too large",
              images, preprocessing.channels(), preprocessing.height(), preprocessing.width()));
    }
    return (int) length;
  }
}
