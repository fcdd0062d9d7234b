package org.nin4j.data;

import java.util.List;
import java.util.stream.Stream;
import org.nin4j.internal.SplitMix64;

/**
 * Turns a data set into batches, epoch after epoch: shuffled and augmented if asked, transformed,
 * and prepared ahead on a thread of its own.
 *
 * <p>The order of an epoch and what happens to each image are functions of the seed, the epoch's
 * number and the image's place in the data set, and of nothing else: an epoch taken up in its
 * middle continues exactly as it would have.
 *
 * <p>Belongs to one thread, and serves one epoch at a time.
 */
public final class DataLoader {
  /** One batch is used while the other is prepared. */
  static final int RING = 2;

  private final ImageDataset dataset;
  private final int batchSize;
  private final boolean shuffle;
  private final Augmentation augmentation;
  private final long seed;
  private final ImageTransform transform;
  private final List<Batch> ring;
  private final byte[] pixels;
  private final int[] order;
  private final SplitMix64 random = new SplitMix64();
  private Epoch open;

  /**
   * @param batchSize images in a batch; the last of an epoch may be smaller
   * @param shuffle whether each epoch has an order of its own, or the data set's
   */
  public DataLoader(
      ImageDataset dataset,
      Preprocessing preprocessing,
      int batchSize,
      boolean shuffle,
      Augmentation augmentation,
      long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be positive, but is " + batchSize);
    }
    if (dataset.size() < 1) {
      throw new IllegalArgumentException(dataset.name() + " holds no images");
    }
    if (augmentation.maxShift() >= Math.min(dataset.height(), dataset.width())) {
      throw new IllegalArgumentException(
          String.format(
              "maxShift %d would move images of %dx%d out of sight",
              augmentation.maxShift(), dataset.height(), dataset.width()));
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.augmentation = augmentation;
    this.seed = seed;
    transform =
        new ImageTransform(dataset.channels(), dataset.height(), dataset.width(), preprocessing);
    int largest = Math.min(batchSize, dataset.size());
    if ((long) largest * transform.length() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              "a batch of %d images of %dx%dx%d is too large",
              largest, preprocessing.channels(), preprocessing.height(), preprocessing.width()));
    }
    ring =
        Stream.generate(() -> new Batch(new float[largest * transform.length()], new int[largest]))
            .limit(RING)
            .toList();
    pixels = new byte[dataset.channels() * dataset.height() * dataset.width()];
    order = new int[dataset.size()];
  }

  /** Images in an epoch. */
  public int images() {
    return dataset.size();
  }

  /** Batches in an epoch, the last and smaller one included. */
  public int batches() {
    return (dataset.size() - 1) / batchSize + 1;
  }

  /**
   * Begins to prepare the batches of an epoch. The epoch before must have been read to its end or
   * closed.
   *
   * @param epoch its number, from 0
   * @param firstBatch how many batches to leave out at its beginning
   */
  public Epoch epoch(int epoch, int firstBatch) {
    if (epoch < 0 || firstBatch < 0 || firstBatch > batches()) {
      throw new IllegalArgumentException(
          String.format(
              "no batch %d in epoch %d; there are %d in each", firstBatch, epoch, batches()));
    }
    if (open != null && !open.isClosed()) {
      throw new IllegalStateException("the epoch before has not been closed");
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
      dataset.pixels(index, pixels);
      random.seed(seed, epoch, index + 1L);
      boolean flip = augmentation.horizontalFlips() && random.below(2) == 1;
      transform.apply(pixels, flip, shift(), shift(), batch.images(), i * transform.length());
    }
    batch.resize(size);
  }

  private int shift() {
    int most = augmentation.maxShift();
    return most == 0 ? 0 : random.below(2 * most + 1) - most;
  }
}
