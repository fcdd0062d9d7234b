package org.nin4j.data;

import org.nin4j.internal.SplitMix64;
import org.nin4j.internal.Workers;

/**
 * Counts the pixels of some images of a data set whose images are decoded one by one: drawn at
 * random, always the same ones, until there are 2,000 images or 200 million pixels.
 */
final class PixelSample {
  private static final int MOST_IMAGES = 2000;
  private static final long MOST_PIXELS = 200_000_000;

  /** After so many images the pixels are counted together, whatever the number of threads. */
  private static final int ROUND = 50;

  private PixelSample() {}

  /** Reads images on all processors. */
  static void count(ImageDataset dataset, PixelStatistics statistics) {
    int[] order = draw(dataset.size());
    int threads = Runtime.getRuntime().availableProcessors();
    try (Workers workers = new Workers(threads, "nin4j-statistics")) {
      for (int start = 0;
          start < order.length && statistics.pixels() < MOST_PIXELS;
          start += ROUND) {
        int first = start;
        workers.run(
            Math.min(ROUND, order.length - start),
            (task, worker) -> {
              DecodedImage image = dataset.image(order[first + task]);
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
    int[] drawn = new int[Math.min(size, MOST_IMAGES)];
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
