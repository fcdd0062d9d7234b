package org.nin4j.engine.reference;

import java.util.Arrays;
import java.util.List;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.GradientTree;
import org.nin4j.engine.internal.ShardStatistics;
import org.nin4j.error.ClosedException;
import org.nin4j.nn.Parameter;

/** The gradients of each shard as plain arrays. */
final class ReferenceShardGradients implements ShardGradients {
  private final PlanSpec spec;
  private final ReferenceWeights weights;
  private final ShardStatistics statistics;
  private final boolean[] frozen; // by index of the parameter
  private Weights[] shards;

  ReferenceShardGradients(PlanSpec spec, ReferenceWeights weights, int shards) {
    if (shards < 1) {
      throw new IllegalArgumentException("a batch has at least 1 shard, not " + shards);
    }
    this.spec = spec;
    this.weights = weights;
    this.shards = new Weights[shards];
    List<Parameter> parameters = weights.network().parameters();
    statistics = new ShardStatistics(parameters, shards);
    frozen = new boolean[parameters.size()];
    for (int i = 0; i < frozen.length; i++) {
      frozen[i] = spec.isFrozen(parameters.get(i).layer());
    }
  }

  /** Whether plans of that specification over those weights may write them. */
  boolean belongsTo(PlanSpec other, ReferenceWeights others) {
    return weights == others && spec.frozen().equals(other.frozen());
  }

  ShardStatistics statistics() {
    return statistics;
  }

  /** Where the gradients of a shard go. */
  synchronized Weights open(int shard) {
    checkShards(shard + 1);
    if (shards[shard] == null) {
      shards[shard] = Weights.zeros(weights.network());
    }
    return shards[shard];
  }

  private synchronized void checkShards(int count) {
    if (shards.length == 0) {
      throw new ClosedException("the gradients have been closed; make new ones");
    }
    if (count < 1 || count > shards.length) {
      throw new IllegalArgumentException(
          "there is room for " + shards.length + " shards, not for " + count);
    }
  }

  @Override
  public void sum(int count, int index, Weights target) {
    checkShards(count);
    if (frozen[index]) {
      Arrays.fill(target.values(index), 0);
      return;
    }
    if (!target.parameters().get(index).trainable()) {
      statistics.pool(count, index, target);
      return;
    }
    new GradientTree()
        .sum(
            count,
            (shard, first, length, values) ->
                System.arraycopy(shards[shard].values(index), first, values, 0, length),
            target.values(index));
  }

  @Override
  public void statistic(int shard, int index, float[] target) {
    checkShards(shard + 1);
    statistics.read(shard, index, target);
  }

  @Override
  public long positions(int shard, int index) {
    checkShards(shard + 1);
    return statistics.positions(shard, index);
  }

  @Override
  public synchronized void close() {
    shards = new Weights[0];
  }
}
