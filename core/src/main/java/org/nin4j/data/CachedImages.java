package org.nin4j.data;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A data set that keeps images in memory after they have been read, up to a limit. Images beyond
 * the limit are read from the underlying data set each time. Useful for data sets that decode
 * files.
 */
public final class CachedImages extends DelegatingDataset {
  /** Approximate memory of an image besides its pixels, in bytes. */
  private static final int OVERHEAD = 64;

  private final AtomicReferenceArray<DecodedImage> cached;
  private final AtomicLong available;

  /**
   * Creates a data set with an empty cache.
   *
   * @param dataset the underlying data set, whose images must not change
   * @param budget most memory that cached images may take together, in bytes, at least 0
   * @throws IllegalArgumentException if the budget is negative
   */
  public CachedImages(ImageDataset dataset, long budget) {
    super(dataset);
    if (budget < 0) {
      throw new IllegalArgumentException(
          "the memory for cached images must be at least 0 bytes, but is " + budget);
    }
    cached = new AtomicReferenceArray<>(dataset.size());
    available = new AtomicLong(budget);
  }

  /**
   * Creates a data set with an empty cache of up to a quarter of Java's maximum memory.
   *
   * @param dataset the underlying data set, whose images must not change
   */
  public CachedImages(ImageDataset dataset) {
    this(dataset, Runtime.getRuntime().maxMemory() / 4);
  }

  @Override
  public DecodedImage image(int index) {
    DecodedImage image = cached.get(index);
    if (image != null) {
      return image;
    }
    image = super.image(index);
    int bytes = image.pixels().length + OVERHEAD;
    if (available.addAndGet(-bytes) < 0 || !cached.compareAndSet(index, null, image)) {
      available.addAndGet(bytes);
    }
    return image;
  }
}
