package org.nin4j.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * Turns a data set into batches, epoch after epoch: in the data set's order, shuffled or
 * class-balanced, optionally augmented and mixed, and preprocessed. Background threads prepare the
 * next batch while one is used.
 *
 * <p>The order of an epoch depends only on the seed and the number of the epoch; augmentation and
 * mixing of an image also depend on its index in the data set and on how often the image has come
 * before in the epoch, but not on the number of threads or on the batches before. So an epoch that
 * is resumed in the middle continues exactly as if it had not been interrupted.
 *
 * <p>Belongs to one thread, and serves one epoch at a time.
 */
public final class DataLoader {
  /** One batch is used while the other is prepared. */
  static final int RING = 2;

  private final ImageDataset dataset;

  /** One preparer for each thread. */
  private final List<ImagePreparer> preparers;

  private final List<Batch> ring;
  private final EpochOrder order;

  private final Batching batching;

  private Epoch open;

  DataLoader(DataLoaderBuilder builder) {
    dataset = builder.dataset;
    batching = builder.batching();
    int largest = batching.largest();
    int imageLength = builder.imageLength(largest);
    preparers =
        Stream.generate(() -> new ImagePreparer(builder))
            .limit(Math.min(builder.workers, dataset.size()))
            .toList();
    ring =
        Stream.generate(() -> new Batch(new float[largest * imageLength], new int[largest]))
            .limit(RING)
            .toList();
    order = new EpochOrder(dataset, builder.sampling, builder.seed);
  }

  /**
   * Creates a builder of a loader.
   *
   * @param dataset the images, at least one
   * @param preprocessing how an image is converted to the network's input
   * @param batchSize number of images in a batch, at least 1; the last batch of an epoch may be
   *     smaller
   * @return a builder with its defaults: the images in the data set's order, without augmentation
   *     or mixing
   */
  public static DataLoaderBuilder builder(
      ImageDataset dataset, Preprocessing preprocessing, int batchSize) {
    return new DataLoaderBuilder(dataset, preprocessing, batchSize);
  }

  /**
   * Creates a loader that gives the images as they are, in the data set's order, the same in every
   * epoch.
   *
   * @param dataset the images, at least one
   * @param preprocessing how an image becomes the network's input
   * @param batchSize number of images in a batch, at least 1; the last of an epoch may be smaller
   * @return a loader without an open epoch
   * @throws IllegalArgumentException if there are no images, or a batch is not positive or larger
   *     than an array
   */
  public static DataLoader inOrder(
      ImageDataset dataset, Preprocessing preprocessing, int batchSize) {
    return builder(dataset, preprocessing, batchSize).build();
  }

  /**
   * Creates a loader that shuffles the images anew for each epoch, and augments them.
   *
   * @param dataset the images, at least one
   * @param preprocessing how an image becomes the network's input
   * @param batchSize number of images in a batch, at least 1; the last of an epoch may be smaller
   * @param augmentations applied to each image in this order, before its preprocessing; may be
   *     empty
   * @param seed decides, with the epoch's number, the order and what the augmentations do
   * @return a loader without an open epoch
   * @throws IllegalArgumentException if there are no images, or a batch is not positive or larger
   *     than an array
   */
  public static DataLoader shuffled(
      ImageDataset dataset,
      Preprocessing preprocessing,
      int batchSize,
      List<Augmentation> augmentations,
      long seed) {
    return builder(dataset, preprocessing, batchSize)
        .sampling(Sampling.SHUFFLED)
        .augmentations(augmentations)
        .seed(seed)
        .build();
  }

  /** {@return the number of images in an epoch; an image that is repeated counts each time} */
  public int images() {
    return batching.used();
  }

  /** {@return the number of batches in an epoch, of which the last may be smaller} */
  public int batches() {
    return batching.batches();
  }

  /**
   * Begins to prepare the batches of an epoch. The previous epoch must have been read to its end or
   * closed.
   *
   * @param epoch the number of the epoch, from 0
   * @param firstBatch the number of batches to skip at its beginning, 0 to {@link #batches()}
   * @return the epoch, which the caller closes or reads to its end
   * @throws IllegalArgumentException if there is no such epoch or batch
   * @throws IllegalStateException if the previous epoch is still open
   */
  public Epoch epoch(int epoch, int firstBatch) {
    if (epoch < 0 || firstBatch < 0 || firstBatch > batches()) {
      throw new IllegalArgumentException(
          String.format(
              "no batch %d in epoch %d; there are %d in each", firstBatch, epoch, batches()));
    }
    if (open != null && !open.isClosed()) {
      throw new IllegalStateException("the previous epoch has not been closed");
    }
    order.arrange(epoch);
    open = new Epoch(this, ring, preparers, epoch, firstBatch);
    return open;
  }

  /** Returns the number of images of a batch. */
  int imagesOf(int number) {
    return batching.size(number);
  }

  /** Prepares the i-th image of a batch; called on the epoch's threads. */
  void prepare(ImagePreparer preparer, Batch batch, int epoch, int number, int i) {
    preparer.prepare(order, number * batching.batchSize() + i, epoch, batch, i);
  }
}
