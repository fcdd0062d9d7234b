package org.nin4j.engine;

/**
 * The gradients of the shards of a batch, in the layouts of an engine, and their sums. Threads may
 * write different shards, and add different parameters, at the same time; all shards must be
 * written before the first parameter is added.
 */
public interface ShardGradients extends AutoCloseable {
  /**
   * Adds the shards for one parameter or buffer. Gradients are added along a binary tree over the
   * indices of the shards, so that the bits depend on the number of shards only. For a running
   * statistic of a BatchNorm2d layer the result is that of the whole batch: its mean, or its
   * unbiased variance. For the parameters and running statistics of a frozen layer the result is
   * zero.
   *
   * @param shards how many shards make up the batch, from shard 0 on; their gradients of this
   *     parameter are used up
   * @param index index of the parameter or buffer in the network's parameters
   * @param target receives the sum in its array at that index, in PyTorch's layout
   * @throws IllegalArgumentException when there are fewer shards
   * @throws IllegalStateException when the storage has been closed
   */
  void sum(int shards, int index, Weights target);

  /**
   * Copies what a BatchNorm2d layer that is not frozen has found in one shard.
   *
   * @param shard index of the shard in the batch, from 0
   * @param index index of the running mean or the running variance in the network's parameters
   * @param target receives the mean, or the biased variance, of each channel
   * @throws IllegalArgumentException when there is no such shard, or when the parameter is not a
   *     running statistic
   */
  void statistic(int shard, int index, float[] target);

  /**
   * Returns over how many values of each channel a shard's mean and variance were taken.
   *
   * @param shard index of the shard in the batch, from 0
   * @param index index of the running mean in the network's parameters
   * @return N x H x W; 0 for a parameter that is not a running mean
   * @throws IllegalArgumentException when there is no such shard
   */
  long positions(int shard, int index);

  /** Frees the memory; closing twice does nothing. */
  @Override
  void close();
}
