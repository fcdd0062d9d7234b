package org.nin4j.engine.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.ShardStatistics;
import org.nin4j.engine.onednn.LoweringContext.BatchStatistics;
import org.nin4j.nn.Parameter;

/** Gradients in the layouts in which primitives write them; memory for a shard when it comes. */
final class OneDnnShardGradients implements ShardGradients {
  private final PlanSpec spec;
  private final OneDnnWeights weights;
  private final ShardStatistics statistics;
  private final boolean[] frozen; // by index
  private final GradientBlock[] slots;
  private final List<GradientSum> sums =
      new ArrayList<>(); // by index; null for what is not trained
  private final Scope scope = new Scope();
  private final ReferenceCount lifetime =
      new ReferenceCount("the gradients have been closed; make new ones", scope);

  OneDnnShardGradients(PlanSpec spec, OneDnnWeights weights, int shards) {
    if (shards < 1) {
      throw new IllegalArgumentException("a batch has at least 1 shard, not " + shards);
    }
    this.spec = spec;
    this.weights = weights;
    List<Parameter> parameters = weights.parameters();
    statistics = new ShardStatistics(parameters, shards);
    slots = new GradientBlock[shards];
    frozen = new boolean[parameters.size()];
    weights.retain();
    scope.onClose(weights::release);
    int before = weights.oneThread().enter();
    try {
      slot(0);
      for (int i = 0; i < parameters.size(); i++) {
        frozen[i] = spec.isFrozen(parameters.get(i).layer());
        sums.add(
            spec.trains(parameters.get(i))
                ? new GradientSum(i, slots, weights, weights.oneThread().verifier(), scope)
                : null);
      }
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    } finally {
      weights.oneThread().leave(before);
      weights.oneThread().verifier().endOfPlan();
    }
  }

  /** Whether plans of that specification over those weights may write them. */
  boolean belongsTo(PlanSpec other, OneDnnWeights others) {
    return weights == others && spec.frozen().equals(other.frozen());
  }

  /**
   * Where the gradients of a shard go, until {@link #release}.
   *
   * @throws IllegalArgumentException when the batch has no such shard
   */
  GradientBlock open(int shard) {
    checkShards(shard + 1);
    lifetime.retain();
    try {
      return slot(shard);
    } catch (RuntimeException e) {
      lifetime.release();
      throw e;
    }
  }

  private synchronized GradientBlock slot(int shard) {
    if (slots[shard] == null) {
      GradientBlock slot = new GradientBlock(weights.gradients());
      scope.onClose(slot::close);
      slots[shard] = slot;
    }
    return slots[shard];
  }

  void release() {
    lifetime.release();
  }

  /** Stores what a shard's BatchNorm2d layers found. */
  void store(int shard, List<BatchStatistics> found) {
    for (int i = 0; i < found.size(); i++) {
      BatchStatistics layer = found.get(i);
      float[] mean = statistics.values(shard, layer.meanIndex());
      float[] variance = statistics.values(shard, layer.varianceIndex());
      layer.mean().read(mean, 0, mean.length);
      layer.variance().read(variance, 0, variance.length);
      statistics.setPositions(shard, layer.meanIndex(), layer.positions());
    }
  }

  private void checkShards(int shards) {
    if (shards < 1 || shards > slots.length) {
      throw new IllegalArgumentException(
          "there is room for " + slots.length + " shards, not for " + shards);
    }
  }

  @Override
  public void sum(int shards, int index, Weights target) {
    checkShards(shards);
    if (frozen[index]) {
      Arrays.fill(target.values(index), 0);
      return;
    }
    if (sums.get(index) == null) {
      statistics.pool(shards, index, target);
      return;
    }
    lifetime.retain();
    int before = weights.oneThread().enter();
    try {
      sums.get(index).add(shards, target.values(index));
    } finally {
      weights.oneThread().leave(before);
      lifetime.release();
    }
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
  public void close() {
    lifetime.close();
  }
}
