package org.nin4j.train;

import org.nin4j.data.Batch;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Workers;
import org.nin4j.nn.Network;
import org.nin4j.train.internal.CrossEntropy;

/**
 * Computes the loss and the gradients of batches, and updates weights. The shards of a batch are
 * computed by any number of threads, each with a training plan of its own, and all plans share the
 * weights. The bits of the results do not depend on the number of threads.
 *
 * <p>This is the inner part of a training, for measurements and loops of one's own; a {@link
 * Trainer} runs whole trainings. A step runner is for use by one thread.
 */
public final class StepRunner implements AutoCloseable {
  private final Shards shards;
  private final Workers workers;
  private final StepTimes times;
  private final ShardRunners runners;
  private final WeightUpdate update;
  private final float[] logits;
  private final float[] logitsGradient;
  private final CrossEntropy.Loss[] results; // of each shard

  /**
   * The result of a batch.
   *
   * @param lossSum sum, not mean, of the loss over the images
   * @param correct number of images whose largest logit is that of their label
   * @param gradientNorm Euclidean norm of the gradients of all parameters together
   */
  public record Result(double lossSum, int correct, double gradientNorm) {}

  /**
   * Creates a step runner. Its weights have to be loaded before the first batch.
   *
   * @param engine the engine that computes
   * @param network the network to train
   * @param precision the precision of the arithmetic
   * @param recipe the recipe, of which the batch size, the shards and the label smoothing are used
   * @param seed the seed of Dropout
   * @param images number of images in an epoch, whose last batch may be smaller than the others
   * @param threads number of threads that share the shards, at least 1
   * @throws org.nin4j.engine.EngineException when the engine cannot train the network, or memory
   *     does not suffice
   */
  public StepRunner(
      Engine engine,
      Network network,
      Precision precision,
      Recipe recipe,
      long seed,
      int images,
      int threads) {
    this(
        engine,
        PlanSpec.of(network, 1, precision),
        recipe,
        seed,
        images,
        null,
        new Workers(threads, "nin4j-train"));
  }

  /**
   * Creates a step runner on threads that exist.
   *
   * @param template the network, the precision and the frozen layers; its batch size is not used
   * @param classWeights the weight of each class in the loss; null if all are 1
   * @param workers the threads; closed with this step runner
   */
  StepRunner(
      Engine engine,
      PlanSpec template,
      Recipe recipe,
      long seed,
      int images,
      double[] classWeights,
      Workers workers) {
    this.workers = workers;
    Network network = template.network();
    int batch = Math.min(recipe.batchSize(), images);
    int lastBatch = (images - 1) % batch + 1;
    shards = Shards.of(recipe.batchSize(), recipe.shards());
    times = new StepTimes(batch, workers.count());
    logits = new float[batch * network.classes()];
    logitsGradient = new float[logits.length];
    int most = Math.max(shards.count(batch), shards.count(lastBatch));
    results = new CrossEntropy.Loss[most];
    PlanSpec spec = template.withBatch(shards.largest(batch, lastBatch));
    update = new WeightUpdate(spec, workers, times);
    CrossEntropy loss = new CrossEntropy(recipe.labelSmoothing(), classWeights);
    try {
      runners = new ShardRunners(engine, spec, loss, seed, most, workers, times);
    } catch (RuntimeException | Error e) {
      workers.close();
      throw e;
    }
  }

  /**
   * Loads weights, before the first batch and after they have been changed other than by {@link
   * #update}.
   *
   * @param weights the weights, which are copied
   */
  public void load(Weights weights) {
    runners.load(weights);
  }

  /**
   * Computes the loss and the gradients of a batch, by a forward and a backward pass with the
   * weights that were loaded or updated last.
   *
   * @param batch the images, with shape (N, C, H, W), and their labels
   * @param epoch index of the epoch, from 0, for Dropout
   * @return the loss and the norm of the gradients; see also {@link #gradients}
   */
  public Result compute(Batch batch, int epoch) {
    int count = shards.count(batch.size());
    workers.run(
        count,
        (shard, worker) -> {
          ShardRunner runner = runners.take();
          try {
            int begin = shards.begin(shard);
            int end = shards.end(shard, batch.size());
            results[shard] =
                runner.run(
                    batch,
                    batch.size(),
                    epoch,
                    shard,
                    begin,
                    end,
                    logits,
                    logitsGradient,
                    runners.gradients(),
                    worker);
          } finally {
            runners.give(runner);
          }
        });
    double norm = update.sum((index, target) -> runners.gradients().sum(count, index, target));
    double lossSum = 0;
    int correct = 0;
    for (int shard = 0; shard < count; shard++) {
      lossSum += results[shard].lossSum();
      correct += results[shard].correct();
    }
    return new Result(lossSum, correct, norm);
  }

  /**
   * Returns the gradients of the last batch. The entries of running statistics hold the mean and
   * the unbiased variance of the batch instead.
   *
   * @return the gradients, not a copy: the next batch overwrites them
   */
  public Weights gradients() {
    return update.gradients();
  }

  /**
   * Updates weights from the gradients of the last batch, and running statistics from its mean and
   * variance.
   *
   * @param weights the weights that were loaded; they are changed
   * @param optimizer the optimizer, which does one step
   * @param learningRate the learning rate of the step
   * @param gradientScale factor by which gradients are multiplied before they are used
   */
  public void update(
      Weights weights, Optimizer optimizer, double learningRate, float gradientScale) {
    update.update(
        weights, optimizer, learningRate, gradientScale, index -> runners.load(weights, index));
  }

  StepTimes times() {
    return times;
  }

  /** Returns where the time of the steps so far was spent. */
  TrainingProfile profile() {
    return times.profile(results.length, runners.profile());
  }

  @Override
  public void close() {
    runners.close();
    workers.close();
  }
}
