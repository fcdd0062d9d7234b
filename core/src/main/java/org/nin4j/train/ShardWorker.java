package org.nin4j.train;

import java.util.List;
import org.nin4j.data.Batch;
import org.nin4j.data.BatchParts;
import org.nin4j.data.Batching;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Workers;
import org.nin4j.train.internal.CrossEntropy;

/**
 * Computes shards of a training's steps, for a training that is spread over processes or machines.
 * What it computes is a function of the weights, the epoch, the step and the shards, to the bit, so
 * that anyone may compute it, or compute it again. For use by one thread at a time.
 */
public final class ShardWorker implements AutoCloseable {
  private final ShardSpec spec;
  private final PlanSpec plan;
  private final Batching batching;
  private final Shards shards;
  private final Workers workers;
  private final ShardRunners runners;
  private final BatchParts parts;
  private final float[] logits;
  private final float[] logitsGradient;
  private final Weights sums; // overwritten by each subtree

  /**
   * Creates a worker. Its weights have to be loaded before the first step.
   *
   * @param engine the engine that computes
   * @param spec what is computed
   * @param images the images to train on: the number and the labels of all, and at any time the
   *     pixels of those that {@link ShardImages} names for the shards that are computed
   * @param most most shards that are computed of a step, at least 1
   * @param threads number of threads that share the shards, at least 1
   * @throws org.nin4j.engine.EngineException when the engine cannot train the network, or memory
   *     does not suffice
   */
  public ShardWorker(Engine engine, ShardSpec spec, ImageDataset images, int most, int threads) {
    this.spec = spec;
    batching = spec.batching(images.size());
    shards = spec.split();
    int batch = batching.largest();
    int last = batching.size(batching.batches() - 1);
    int atOnce = Math.min(most, Math.max(shards.count(batch), shards.count(last)));
    int largest = shards.largest(batch, last);
    plan = spec.plan().withBatch(largest);
    int room = Math.min(batch, atOnce * largest);
    parts = spec.loading(images).buildParts(threads, room);
    logits = new float[room * spec.network().classes()];
    logitsGradient = new float[logits.length];
    sums = Weights.zeros(spec.network());
    CrossEntropy loss =
        new CrossEntropy(spec.recipe().labelSmoothing(), spec.recipe().balance().weights(images));
    workers = new Workers(threads, "nin4j-shard");
    try {
      runners =
          new ShardRunners(
              engine, plan, loss, spec.seed(), atOnce, workers, new StepTimes(batch, threads));
    } catch (RuntimeException | Error e) {
      workers.close();
      throw e;
    }
  }

  /**
   * Loads the weights of the next step.
   *
   * @param weights the weights, which are copied
   */
  public void load(Weights weights) {
    runners.load(weights);
  }

  /**
   * Computes some shards of a step, with the weights that were loaded last.
   *
   * @param epoch index of the epoch, from 0
   * @param step index of the step in the epoch, from 0
   * @param range the shards, at least one
   * @return their losses and the sums of their gradients
   */
  public ShardSums compute(int epoch, int step, ShardRange range) {
    int whole = batching.size(step);
    int first = shards.begin(range.begin());
    Batch part = parts.open(epoch, step, first, shards.end(range.end() - 1, whole));
    ShardSums result = new ShardSums(spec, range);
    List<ShardRange> subtrees = range.subtrees();
    for (int subtree = 0; subtree < subtrees.size(); subtree++) {
      compute(epoch, whole, first, part, subtrees.get(subtree), result);
      sum(subtrees.get(subtree), subtree, result);
    }
    return result;
  }

  /** Computes the shards of a subtree, each into the place of its index in the subtree. */
  private void compute(
      int epoch, int whole, int first, Batch part, ShardRange subtree, ShardSums result) {
    workers.run(
        subtree.count(),
        (slot, worker) -> {
          int shard = subtree.begin() + slot;
          int begin = shards.begin(shard) - first;
          int end = shards.end(shard, whole) - first;
          for (int i = begin; i < end; i++) {
            parts.fill(i, worker);
          }
          ShardRunner runner = runners.take();
          try {
            CrossEntropy.Loss loss =
                runner.run(
                    part,
                    whole,
                    epoch,
                    slot,
                    begin,
                    end,
                    logits,
                    logitsGradient,
                    runners.gradients(),
                    worker);
            result.keep(shard, slot, loss, runners.gradients());
          } finally {
            runners.give(runner);
          }
        });
  }

  private void sum(ShardRange subtree, int number, ShardSums result) {
    int[] trained = result.trained();
    workers.run(
        trained.length,
        (task, worker) -> {
          int index = trained[task];
          runners.gradients().sum(subtree.count(), index, sums);
          result.keepGradient(number, index, sums.values(index));
        });
  }

  /** Frees the memory; closing twice does nothing. */
  @Override
  public void close() {
    runners.close();
    workers.close();
  }
}
