package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Pool;
import org.nin4j.internal.Workers;
import org.nin4j.train.internal.CrossEntropy;

/**
 * The shard runners of a training: one for each thread that can have a shard, with weights and
 * gradients that all of them share.
 */
final class ShardRunners implements AutoCloseable {
  private final Engine engine;
  private final PreparedWeights weights;
  private final Pool<ShardRunner> pool;
  private final List<ShardRunner> all = new ArrayList<>();
  private final ShardGradients gradients;

  /**
   * Creates the runners, which compile their plans on the threads of {@code workers}.
   *
   * @param spec the specification of the plans
   * @param seed the seed of Dropout
   * @param shards largest number of shards in a batch
   * @throws EngineException when the engine cannot train the network, or memory does not suffice
   */
  ShardRunners(
      Engine engine,
      PlanSpec spec,
      CrossEntropy loss,
      long seed,
      int shards,
      Workers workers,
      StepTimes times) {
    this.engine = engine;
    int count = Math.min(workers.count(), shards);
    weights = engine.prepare(spec.network());
    pool = new Pool<>(count, "the training has ended", () -> create(spec, loss, seed, times));
    try {
      ShardRunner first = pool.take();
      long parameterBytes = 4L * spec.network().parameterCount();
      requireMemory(count, (count - 1) * first.plan().bytes() + shards * parameterBytes);
      createOthers(first, count - 1, workers);
      gradients = first.plan().gradients(shards);
    } catch (RuntimeException | Error e) {
      pool.close();
      all.forEach(ShardRunner::close); // those in use too
      weights.close();
      throw e;
    }
  }

  private ShardRunner create(PlanSpec spec, CrossEntropy loss, long seed, StepTimes times) {
    ShardRunner runner = new ShardRunner(engine, spec, weights, loss, seed, times);
    synchronized (all) {
      all.add(runner);
    }
    return runner;
  }

  private void requireMemory(int count, long bytes) {
    if (bytes > engine.freeMemory()) {
      throw new EngineException(
          "training on "
              + count
              + " threads needs another "
              + (bytes >> 20)
              + " MiB of native memory, but only "
              + (engine.freeMemory() >> 20)
              + " MiB are free; use fewer threads, or a smaller batch or image size");
    }
  }

  private void createOthers(ShardRunner first, int count, Workers workers) {
    ShardRunner[] others = new ShardRunner[count];
    workers.run(count, (task, worker) -> others[task] = pool.take());
    pool.give(first);
    for (ShardRunner other : others) {
      pool.give(other);
    }
  }

  /** Takes a runner that no other thread uses. */
  ShardRunner take() {
    return pool.take();
  }

  /** Returns a runner that was taken. */
  void give(ShardRunner runner) {
    pool.give(runner);
  }

  /** Returns the gradients of all shards of the last batch. */
  ShardGradients gradients() {
    return gradients;
  }

  /** Loads all weights; not while a runner is in use. */
  void load(Weights source) {
    weights.load(source);
  }

  /** Loads one parameter; not while a runner is in use. */
  void load(Weights source, int index) {
    weights.load(source, index);
  }

  /** Returns where the runners' time was spent on layers so far. */
  List<StepProfile> profile() {
    return StepProfile.sum(all.stream().map(runner -> runner.plan().profile()).toList());
  }

  @Override
  public void close() {
    gradients.close();
    pool.close();
    weights.close();
  }
}
