package org.nin4j.train;

import org.nin4j.data.BatchParts;
import org.nin4j.data.Batching;
import org.nin4j.data.ImageDataset;

/** Which images the shards of a training's steps are computed from. For use by one thread. */
public final class ShardImages {
  private final Shards shards;
  private final Batching batching;
  private final BatchParts parts;

  /**
   * Creates this for a training.
   *
   * @param spec the training
   * @param images the images to train on, of which only the number and the labels are read
   */
  public ShardImages(ShardSpec spec, ImageDataset images) {
    shards = spec.split();
    batching = spec.batching(images.size());
    parts = spec.loading(images).buildParts(1, 1);
  }

  /**
   * Returns the images of some shards of a step.
   *
   * @param epoch index of the epoch, from 0
   * @param step index of the step in the epoch, from 0
   * @param range the shards
   * @return indices in the data set, rising; images that are mixed into others are among them
   */
  public int[] of(int epoch, int step, ShardRange range) {
    int batch = batching.size(step);
    return range.count() == 0
        ? new int[0]
        : parts.images(
            epoch, step, shards.begin(range.begin()), shards.end(range.end() - 1, batch));
  }
}
