package org.nin4j.data;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A data set whose images are kept in memory once they have been read, as far as a budget allows;
 * the others are read from the underlying data set each time. Meant for data sets that decode
 * files.
 */
public final class CachedImages implements ImageDataset {
  /** What an image takes besides its pixels, about. */
  private static final int OVERHEAD = 64;

  private final ImageDataset dataset;
  private final AtomicReferenceArray<DecodedImage> kept;
  private final AtomicLong left;

  /**
   * Creates a data set that has kept no image yet.
   *
   * @param dataset where images are read from; its images must not change
   * @param budget how much memory the images may take in all, in bytes, at least 0
   * @throws IllegalArgumentException if the budget is negative
   */
  public CachedImages(ImageDataset dataset, long budget) {
    if (budget < 0) {
      throw new IllegalArgumentException(
          "the memory for images must be at least 0 bytes, but is " + budget);
    }
    this.dataset = dataset;
    kept = new AtomicReferenceArray<>(dataset.size());
    left = new AtomicLong(budget);
  }

  /**
   * Creates a data set that may take a quarter of the largest memory that Java may use.
   *
   * @param dataset where images are read from; its images must not change
   */
  public CachedImages(ImageDataset dataset) {
    this(dataset, Runtime.getRuntime().maxMemory() / 4);
  }

  @Override
  public String name() {
    return dataset.name();
  }

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public int channels() {
    return dataset.channels();
  }

  @Override
  public List<String> classes() {
    return dataset.classes();
  }

  @Override
  public int label(int index) {
    return dataset.label(index);
  }

  @Override
  public DecodedImage image(int index) {
    DecodedImage image = kept.get(index);
    if (image != null) {
      return image;
    }
    image = dataset.image(index);
    int bytes = image.pixels().length + OVERHEAD;
    if (left.addAndGet(-bytes) < 0 || !kept.compareAndSet(index, null, image)) {
      left.addAndGet(bytes);
    }
    return image;
  }

  @Override
  public Optional<ImageSize> commonSize() {
    return dataset.commonSize();
  }

  @Override
  public Optional<String> contentDigest() {
    return dataset.contentDigest();
  }

  @Override
  public FilesLeftOut leftOut() {
    return dataset.leftOut();
  }
}
