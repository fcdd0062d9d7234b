package org.nin4j.data;

/**
 * How the images of an epoch are divided into batches.
 *
 * @param images number of images to divide, at least 1
 * @param batchSize number of images in a batch, at least 1; the last batch may be smaller
 * @param dropLast whether a smaller last batch is left out, unless it is the only one
 */
public record Batching(int images, int batchSize, boolean dropLast) {
  /**
   * Checks the sizes.
   *
   * @param images number of images to divide, at least 1
   * @param batchSize number of images in a batch, at least 1; the last batch may be smaller
   * @param dropLast whether a smaller last batch is left out, unless it is the only one
   * @throws IllegalArgumentException if there are no images, or a batch would have none
   */
  public Batching {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size must be positive, but is " + batchSize);
    }
    if (images < 1) {
      throw new IllegalArgumentException("there are no images to make batches of");
    }
  }

  /** {@return the number of batches in an epoch} */
  public int batches() {
    int full = images / batchSize;
    return dropLast && full > 0 ? full : (images - 1) / batchSize + 1;
  }

  /** {@return the number of images in all batches of an epoch together} */
  public int used() {
    return (int) Math.min(images, (long) batches() * batchSize);
  }

  /**
   * Returns the number of images of a batch.
   *
   * @param number of the batch in its epoch, from 0
   * @return the batch size, or less for the last batch
   */
  public int size(int number) {
    return Math.min(batchSize, images - number * batchSize);
  }

  /** {@return the number of images in the largest batch} */
  public int largest() {
    return Math.min(batchSize, images);
  }
}
