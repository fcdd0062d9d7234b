package org.nin4j.data;

import java.util.Arrays;
import org.nin4j.internal.SplitMix64;
import org.nin4j.internal.Workers;

/**
 * Counts the pixel values of a random sample of a data set: images are drawn until there are 2,000
 * images or 200 million pixels. The same data set always has the same sample.
 */
final class PixelSample {
  private static final int MAX_IMAGES = 2000;
  private static final long MAX_PIXELS = 200_000_000;

  /**
   * Images per round. The pixels are compared with the limit after a round, on any number of
   * threads.
   */
  private static final int ROUND = 50;

  private PixelSample() {}

  /** Reads the images on all processors and adds them to the statistics. */
  static void count(ImageDataset dataset, PixelStatistics statistics) {
    int[] order = draw(dataset.size());
    int threads = Runtime.getRuntime().availableProcessors();
    try (Workers workers = new Workers(threads, "nin4j-statistics")) {
      for (int start = 0;
          start < order.length && statistics.pixels() < MAX_PIXELS;
          start += ROUND) {
        int[] indices = Arrays.copyOfRange(order, start, Math.min(start + ROUND, order.length));
        ImageDataset round = dataset.select(indices);
        workers.run(
            round.size(),
            (task, worker) -> {
              DecodedImage image = round.image(task);
              synchronized (statistics) {
                statistics.add(image);
              }
            });
      }
    }
  }

  private static int[] draw(int size) {
    int[] indices = new int[size];
    for (int i = 0; i < size; i++) {
      indices[i] = i;
    }
    int[] drawn = new int[Math.min(size, MAX_IMAGES)];
    SplitMix64 random = new SplitMix64();
    random.seed(0, size, 0);
    for (int i = 0; i < drawn.length; i++) {
      int j = i + random.below(size - i);
      drawn[i] = indices[j];
      indices[j] = indices[i];
    }
    return drawn;
  }
}
