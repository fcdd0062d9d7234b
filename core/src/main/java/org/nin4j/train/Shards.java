package org.nin4j.train;

/**
 * How batches are split into shards: consecutive images, the same number in each shard except the
 * last of a batch. A smaller batch has fewer shards rather than smaller ones. A single remaining
 * image joins the previous shard, because BatchNorm2d cannot normalize over one image.
 *
 * @param length number of images in a shard
 */
record Shards(int length) {
  /** Returns how batches of {@code batchSize} images are split into {@code shards} shards. */
  static Shards of(int batchSize, int shards) {
    return new Shards((batchSize - 1) / shards + 1);
  }

  /** Returns the number of shards of a batch with this number of images. */
  int count(int images) {
    int whole = images / length;
    int remaining = images % length;
    boolean joins = remaining == 1 && whole > 0;
    return remaining == 0 || joins ? whole : whole + 1;
  }

  /** Returns the index in the batch of a shard's first image. */
  int begin(int shard) {
    return shard * length;
  }

  /**
   * Returns the index in the batch after a shard's last image.
   *
   * @param images number of images in the batch
   */
  int end(int shard, int images) {
    return shard == count(images) - 1 ? images : (shard + 1) * length;
  }

  /** Returns the number of images in the largest shard of batches of these sizes. */
  int largest(int... batches) {
    int largest = 0;
    for (int images : batches) {
      int last = count(images) - 1;
      largest = Math.max(largest, end(last, images) - begin(last));
      largest = Math.max(largest, Math.min(length, images));
    }
    return largest;
  }
}
