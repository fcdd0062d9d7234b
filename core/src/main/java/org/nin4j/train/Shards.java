package org.nin4j.train;

/**
 * How batches are cut into shards: consecutive runs of images, all of one length but for the end of
 * a batch. A batch with fewer images than others has fewer shards, not shorter ones. An image that
 * is left over alone joins the shard before it, so that BatchNorm2d has something to normalise
 * over.
 *
 * @param length images of a shard
 */
record Shards(int length) {
  /** Of batches of {@code batchSize} images that are cut into {@code shards}. */
  static Shards of(int batchSize, int shards) {
    return new Shards((batchSize - 1) / shards + 1);
  }

  /** How many shards a batch of so many images has. */
  int count(int images) {
    int whole = images / length;
    int left = images % length;
    boolean joins = left == 1 && whole > 0;
    return left == 0 || joins ? whole : whole + 1;
  }

  /** Index in its batch of a shard's first image. */
  int begin(int shard) {
    return shard * length;
  }

  /**
   * Index in its batch of the image after a shard's last one.
   *
   * @param images of the batch
   */
  int end(int shard, int images) {
    return shard == count(images) - 1 ? images : (shard + 1) * length;
  }

  /** Images of the largest shard among those of batches of these sizes. */
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
