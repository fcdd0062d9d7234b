package org.nin4j.data;

import java.util.List;
import java.util.stream.Stream;
import org.nin4j.internal.SplitMix64;

/**
 * Turns a data set into batches, epoch after epoch: in the data set's order or shuffled, augmented,
 * preprocessed, and prepared ahead on a thread of its own.
 *
 * <p>The order of an epoch is a function of the seed and the epoch's number, and what happens to an
 * image one of the seed, the epoch's number and the image's index in the data set, and of nothing
 * else: an epoch that is resumed in its middle continues exactly as it would have.
 *
 * <p>Belongs to one thread, and serves one epoch at a time.
 */
public final class DataLoader {
  /** One batch is used while the other is prepared. */
  static final int RING = 2;

  private final ImageDataset dataset;
  private final int batchSize;
  private final boolean shuffle;
  private final List<Augmentation> augmentations;
  private final long seed;
  private final ImagePreprocessor preprocessor;
  private final List<Batch> ring;
  private final ImageBuffer buffer = new ImageBuffer();
  private final int[] order;
  private final ImageVisit visit;
  private final SplitMix64 random = new SplitMix64();
  private Epoch open;

  DataLoader(
      ImageDataset dataset,
      Preprocessing preprocessing,
      int batchSize,
      boolean shuffle,
      List<Augmentation> augmentations,
      long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be positive, but is " + batchSize);
    }
    if (dataset.size() < 1) {
      throw new IllegalArgumentException(dataset.name() + " holds no images");
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.augmentations = List.copyOf(augmentations);
    this.seed = seed;
    visit = new ImageVisit(seed, preprocessing);
    // What is cut out at random is the network's input as it is.
    preprocessor =
        new ImagePreprocessor(
            augmentations.stream().anyMatch(RandomResizedCrop.class::isInstance)
                ? preprocessing.stretched()
                : preprocessing);
    int largest = Math.min(batchSize, dataset.size());
    int length = preprocessor.length();
    if ((long) largest * length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              "a batch of %d images of %dx%dx%d is too large",
              largest, preprocessing.channels(), preprocessing.height(), preprocessing.width()));
    }
    ring =
        Stream.generate(() -> new Batch(new float[largest * length], new int[largest]))
            .limit(RING)
            .toList();
    order = new int[dataset.size()];
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
    return new DataLoader(dataset, preprocessing, batchSize, false, List.of(), 0);
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
    return new DataLoader(dataset, preprocessing, batchSize, true, augmentations, seed);
  }

  /** {@return the number of images in an epoch} */
  public int images() {
    return dataset.size();
  }

  /** {@return the number of batches in an epoch, including the last, which may be smaller} */
  public int batches() {
    return (dataset.size() - 1) / batchSize + 1;
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
    arrange(epoch);
    open = new Epoch(this, ring, epoch, firstBatch);
    return open;
  }

  private void arrange(int epoch) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    if (!shuffle) {
      return;
    }
    random.seed(seed, epoch, 0);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /** Called on the epoch's thread. */
  void fill(Batch batch, int epoch, int number) throws InterruptedException {
    int start = number * batchSize;
    int size = Math.min(batchSize, dataset.size() - start);
    for (int i = 0; i < size; i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int index = order[start + i];
      batch.indices()[i] = index;
      batch.labels()[i] = dataset.label(index);
      prepare(index, epoch, batch.images(), i * preprocessor.length());
    }
    batch.resize(size);
  }

  /** Augments and preprocesses an image: the same floats for the same seed, epoch and index. */
  private void prepare(int index, int epoch, float[] target, int offset) {
    DecodedImage image = dataset.image(index);
    if (augmentations.isEmpty()) {
      preprocessor.apply(image, target, offset);
      return;
    }
    buffer.load(image);
    visit.begin(epoch, index);
    for (Augmentation augmentation : augmentations) {
      augmentation.apply(buffer, visit);
    }
    preprocessor.apply(
        buffer.pixels(), buffer.channels(), buffer.height(), buffer.width(), target, offset);
  }
}
