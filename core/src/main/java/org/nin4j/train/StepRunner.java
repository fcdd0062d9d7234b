package org.nin4j.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nin4j.data.Batch;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.RunningStatistics;
import org.nin4j.internal.Pool;
import org.nin4j.internal.Workers;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.train.TrainingProfile.Part;
import org.nin4j.train.internal.CrossEntropy;

/**
 * Computes the loss and the gradients of batches, and updates weights: shard by shard, on any
 * number of threads, each with a plan of its own over weights that all share. The bits do not
 * depend on the number of threads. For use by one thread.
 */
public final class StepRunner implements AutoCloseable {
  private final Engine engine;
  private final Shards shards;
  private final Workers workers;
  private final StepTimes times;
  private final PlanSpec spec;
  private final PreparedWeights prepared;
  private final Pool<ShardRunner> pool;
  private final List<ShardRunner> runners = new ArrayList<>();
  private final ShardGradients shardGradients;
  private final Weights gradients;
  private final GradientNorm norm;
  private final RunningStatistics statistics;
  private final List<Parameter> parameters;
  private final int[] largestFirst; // indices of the parameters
  private final float[] logits;
  private final float[] logitsGradient;
  private final CrossEntropy.Loss[] results; // by shard

  /**
   * What a batch gives.
   *
   * @param lossSum sum, not mean, over the images
   * @param correct images whose largest logit is their label's
   * @param gradientNorm Euclidean norm of the gradients of all parameters
   */
  public record Result(double lossSum, int correct, double gradientNorm) {}

  /**
   * @param recipe its batch size, shards and label smoothing
   * @param seed of Dropout
   * @param images of an epoch, whose last batch may be smaller
   * @param threads that share the shards
   * @throws EngineException when the engine cannot train the network, or memory does not suffice
   */
  public StepRunner(
      Engine engine,
      Network network,
      Precision precision,
      Recipe recipe,
      long seed,
      int images,
      int threads) {
    this(engine, network, precision, recipe, seed, images, new Workers(threads, "nin4j-train"));
  }

  /**
   * @param workers closed with this
   */
  StepRunner(
      Engine engine,
      Network network,
      Precision precision,
      Recipe recipe,
      long seed,
      int images,
      Workers workers) {
    this.engine = engine;
    this.workers = workers;
    parameters = network.parameters();
    int batch = Math.min(recipe.batchSize(), images);
    int lastBatch = (images - 1) % batch + 1;
    shards = Shards.of(recipe.batchSize(), recipe.shards());
    spec = PlanSpec.of(network, shards.largest(batch, lastBatch), precision);
    CrossEntropy loss = new CrossEntropy(recipe.labelSmoothing());
    times = new StepTimes(batch, workers.count());
    gradients = Weights.zeros(network);
    norm = new GradientNorm(parameters);
    statistics = new RunningStatistics(network);
    largestFirst =
        IntStream.range(0, parameters.size())
            .boxed()
            .sorted(Comparator.comparing(i -> -parameters.get(i).size()))
            .mapToInt(Integer::intValue)
            .toArray();
    logits = new float[batch * network.classes()];
    logitsGradient = new float[logits.length];
    int most = Math.max(shards.count(batch), shards.count(lastBatch));
    results = new CrossEntropy.Loss[most];
    int replicas = Math.min(workers.count(), most);
    prepared = engine.prepare(network);
    pool = new Pool<>(replicas, "the training has ended", () -> makeRunner(loss, seed));
    try {
      makeReplicas(replicas, most);
      shardGradients = runners.get(0).plan().gradients(most);
    } catch (RuntimeException | Error e) {
      pool.close();
      runners.forEach(ShardRunner::close); // those that were taken too
      prepared.close();
      workers.close();
      throw e;
    }
  }

  private ShardRunner makeRunner(CrossEntropy loss, long seed) {
    ShardRunner runner = new ShardRunner(engine, spec, prepared, loss, seed, times);
    synchronized (runners) {
      runners.add(runner);
    }
    return runner;
  }

  /** The first one tells what the others will need; these are made on all threads. */
  private void makeReplicas(int replicas, int mostShards) {
    ShardRunner first = pool.take();
    long more = (replicas - 1) * first.plan().bytes();
    long ofGradients = 4L * mostShards * spec.network().parameterCount();
    if (more + ofGradients > engine.freeMemory()) {
      throw new EngineException(
          "training on "
              + replicas
              + " threads needs "
              + ((more + ofGradients) >> 20)
              + " MiB of native memory more, and "
              + (engine.freeMemory() >> 20)
              + " MiB are free; use fewer threads, or a smaller batch or image size");
    }
    ShardRunner[] others = new ShardRunner[replicas - 1];
    workers.run(others.length, (task, worker) -> others[task] = pool.take());
    pool.give(first);
    for (ShardRunner other : others) {
      pool.give(other);
    }
  }

  /** Takes weights up that have been changed elsewhere; before the first batch too. */
  public void load(Weights weights) {
    prepared.load(weights);
  }

  /**
   * Computes the loss and the gradients of a batch: forward and backward pass with the weights that
   * were loaded, or left by the last update.
   *
   * @param epoch number of its epoch, from 0, for Dropout
   */
  public Result compute(Batch batch, int epoch) {
    int count = shards.count(batch.size());
    workers.run(
        count,
        (shard, worker) -> {
          ShardRunner runner = pool.take();
          try {
            int begin = shards.begin(shard);
            int end = shards.end(shard, batch.size());
            results[shard] =
                runner.run(
                    batch,
                    epoch,
                    shard,
                    begin,
                    end,
                    logits,
                    logitsGradient,
                    shardGradients,
                    worker);
          } finally {
            pool.give(runner);
          }
        });
    workers.run(parameters.size(), (task, worker) -> addUp(count, largestFirst[task], worker));
    double lossSum = 0;
    int right = 0;
    for (int shard = 0; shard < count; shard++) {
      lossSum += results[shard].lossSum();
      right += results[shard].correct();
    }
    return new Result(lossSum, right, norm.norm());
  }

  private void addUp(int count, int index, int worker) {
    long start = System.nanoTime();
    shardGradients.sum(count, index, gradients);
    if (parameters.get(index).trainable()) {
      norm.measure(gradients, index);
    }
    times.end(worker, Part.GRADIENTS, start);
  }

  /**
   * The gradients of the last batch; in the places of running statistics the batch's mean and
   * unbiased variance. Overwritten by the next batch.
   */
  public Weights gradients() {
    return gradients;
  }

  /**
   * Updates weights by the gradients of the last batch, and running statistics by its statistics.
   *
   * @param gradientScale what each gradient is multiplied by first
   */
  public void update(
      Weights weights, Optimizer optimizer, double learningRate, float gradientScale) {
    statistics.move(weights, gradients);
    optimizer.begin(learningRate, gradientScale);
    workers.run(
        parameters.size(),
        (task, worker) -> {
          long start = System.nanoTime();
          int index = largestFirst[task];
          if (parameters.get(index).trainable()) {
            optimizer.update(weights, gradients, index);
          }
          prepared.load(weights, index);
          times.end(worker, Part.UPDATE, start);
        });
  }

  StepTimes times() {
    return times;
  }

  /** Where the time of the steps went so far. */
  TrainingProfile profile() {
    List<List<StepProfile>> profiles = new ArrayList<>();
    runners.forEach(runner -> profiles.add(runner.plan().profile()));
    return times.profile(results.length, StepProfile.sum(profiles));
  }

  @Override
  public void close() {
    shardGradients.close();
    pool.close();
    prepared.close();
    workers.close();
  }
}
