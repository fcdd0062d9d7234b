package org.nin4j.data;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prepares parts of the batches of any epoch, in any order, for trainings whose batches are
 * computed in several places. An image becomes the same floats as in an {@link Epoch}. Images are
 * asked of the data set only for the parts that are prepared, but the labels of all.
 *
 * <p>One thread opens a part; then any number of threads may fill it, each for itself.
 */
public final class BatchParts {
  private final Batching batching;
  private final List<ImagePreparer> preparers; // one for each thread
  private final EpochOrder order;
  private final Batch batch;
  private final int most;
  private int arranged = -1;
  private int epoch;
  private int first; // position in the epoch of the open part's first image

  BatchParts(DataLoaderBuilder builder, int threads, int most) {
    batching = builder.batching();
    this.most = most;
    preparers = Stream.generate(() -> new ImagePreparer(builder)).limit(threads).toList();
    order = new EpochOrder(builder.dataset, builder.sampling, builder.seed);
    batch = new Batch(new float[most * builder.imageLength(most)], new int[most]);
  }

  /**
   * Returns which images a part of a batch takes.
   *
   * @param epochNumber index of the epoch, from 0
   * @param number index of the batch in the epoch, from 0
   * @param from index in the batch of the part's first image
   * @param to index in the batch after the part's last image
   * @return their indices in the data set, rising, those of images that are mixed in included
   * @throws IllegalArgumentException if there is no such part
   */
  public int[] images(int epochNumber, int number, int from, int to) {
    int begin = position(epochNumber, number, from, to);
    BitSet images = new BitSet();
    for (int position = begin; position < begin + to - from; position++) {
      images.set(order.index(position));
      images.set(preparers.get(0).partner(order, position, epochNumber));
    }
    return images.stream().toArray();
  }

  /**
   * Begins a part of a batch.
   *
   * @param epochNumber index of the epoch, from 0
   * @param number index of the batch in the epoch, from 0
   * @param from index in the batch of the part's first image
   * @param to index in the batch after the part's last image
   * @return the part as a batch of its own, still with other images; it is the same object each
   *     time
   * @throws IllegalArgumentException if there is no such part, or it has too many images
   */
  public Batch open(int epochNumber, int number, int from, int to) {
    if (to - from > most) {
      throw new IllegalArgumentException(
          "there is room for " + most + " images, not for " + (to - from));
    }
    first = position(epochNumber, number, from, to);
    epoch = epochNumber;
    batch.resize(to - from);
    return batch;
  }

  /**
   * Prepares an image of the open part, and its labels.
   *
   * @param i index of the image in the part
   * @param thread index of the thread, from 0; no other thread uses it at the same time
   */
  public void fill(int i, int thread) {
    preparers.get(thread).prepare(order, first + i, epoch, batch, i);
  }

  private int position(int epochNumber, int number, int from, int to) {
    if (epochNumber < 0
        || number < 0
        || number >= batching.batches()
        || from < 0
        || from > to
        || to > batching.size(number)) {
      throw new IllegalArgumentException(
          String.format(
              "batch %d of epoch %d has no images from %d to %d", number, epochNumber, from, to));
    }
    if (arranged != epochNumber) {
      order.arrange(epochNumber);
      arranged = epochNumber;
    }
    return number * batching.batchSize() + from;
  }
}
