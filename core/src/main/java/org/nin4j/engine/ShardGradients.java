package org.nin4j.engine;

/**
 * The gradients of the shards of a batch, as an engine lays them out, and what they add up to.
 * Different shards may be written, and different parameters added, by different threads at the same
 * time; all shards are written before the first parameter is added.
 */
public interface ShardGradients extends AutoCloseable {
  /**
   * Adds the shards up, for one parameter or buffer. Gradients are added along a binary tree over
   * the shards' indices, so that the bits depend on the number of shards only. For a running
   * statistic of a BatchNorm2d layer it is the pooled one of the batch: its mean, and its unbiased
   * variance.
   *
   * @param shards how many of the first shards make up the batch; what they hold is used up
   * @param index in the network's parameters
   * @param target whose array at that index is overwritten
   */
  void sum(int shards, int index, Weights target);

  /** Frees the memory; closing twice does nothing. */
  @Override
  void close();
}
