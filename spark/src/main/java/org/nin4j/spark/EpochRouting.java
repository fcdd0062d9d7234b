package org.nin4j.spark;

import java.util.Arrays;
import org.nin4j.data.Batching;
import org.nin4j.train.ShardImages;
import org.nin4j.train.ShardRange;
import org.nin4j.train.ShardSpec;

/**
 * Which images each worker needs in an epoch, and when. The steps of an epoch are divided into
 * stretches, so that what a worker needs of a stretch fits into its memory; there is a partition
 * for each stretch and worker.
 *
 * @param numWorkers number of workers that share the shards of each step
 * @param steps number of steps of the epoch
 * @param stretch number of steps of a stretch; the last may be shorter
 * @param routes for each image the index of its first partition in this array, then one more for
 *     the end, then the partitions
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EpochRouting(int numWorkers, int steps, int stretch, int[] routes) {
  /** Most bytes of images in a partition, unless those of a single step are more. */
  private static final long PARTITION = 64L << 20;

  /**
   * Computes the routes of an epoch.
   *
   * @param needed says which images a worker needs
   */
  static EpochRouting of(
      ShardSpec spec, ClusterImages images, ShardImages needed, int numWorkers, int epoch) {
    Batching batching = spec.batching(images.size());
    int mixed = spec.recipe().mixing().isPresent() ? 2 : 1;
    long stepBytes = Math.max(1, mixed * images.meanBytes() * batching.largest() / numWorkers);
    int stretch = (int) Math.max(1, Math.min(batching.batches(), PARTITION / stepBytes));
    RouteList list = new RouteList(images.size());
    for (int step = 0; step < batching.batches(); step++) {
      int shards = spec.shards(batching.size(step));
      for (int worker = 0; worker < numWorkers; worker++) {
        ShardRange range = ShardRange.of(shards, numWorkers, worker);
        int partition = step / stretch * numWorkers + worker;
        for (int image : needed.of(epoch, step, range)) {
          list.add(image, partition);
        }
      }
    }
    return new EpochRouting(numWorkers, batching.batches(), stretch, list.toArray());
  }

  int partitions() {
    return ((steps - 1) / stretch + 1) * numWorkers;
  }

  /** The partition of the first worker for a step; those of the others follow. */
  int firstPartition(int step) {
    return step / stretch * numWorkers;
  }

  /** The partitions that need an image, for each image. */
  private static final class RouteList {
    private final int images;
    private long[] pairs = new long[1024]; // (image, partition)
    private int size;

    RouteList(int images) {
      this.images = images;
    }

    void add(int image, int partition) {
      if (size == pairs.length) {
        pairs = Arrays.copyOf(pairs, Math.multiplyExact(size, 2));
      }
      pairs[size] = (long) image << Integer.SIZE | partition;
      size++;
    }

    int[] toArray() {
      Arrays.sort(pairs, 0, size);
      int[] routes = new int[images + 1 + size];
      int end = images + 1;
      int next = 0;
      for (int image = 0; image < images; image++) {
        routes[image] = end;
        for (long last = -1; next < size && pairs[next] >> Integer.SIZE == image; next++) {
          if (pairs[next] != last) {
            routes[end] = (int) pairs[next];
            end++;
          }
          last = pairs[next];
        }
      }
      routes[images] = end;
      return Arrays.copyOf(routes, end);
    }
  }
}
