package org.nin4j.train;

import java.util.List;
import org.nin4j.data.Batching;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Workers;
import org.nin4j.train.internal.CrossEntropy;

/** Steps whose shards a cluster computes; here their gradients are added and weights updated. */
final class ClusterSteps implements TrainingSteps {
  private final TrainingCluster.Session session;
  private final ShardSpec spec;
  private final Batching batching;
  private final Workers workers;
  private final StepTimes times;
  private final WeightUpdate update;
  private Weights weights;
  private int epoch;
  private int step;

  /**
   * @param session closed with this
   * @param images number of images to train on
   * @param threads number of threads that add gradients and update weights
   */
  ClusterSteps(TrainingCluster.Session session, ShardSpec spec, int images, int threads) {
    this.session = session;
    this.spec = spec;
    batching = spec.batching(images);
    workers = new Workers(threads, "nin4j-train");
    times = new StepTimes(batching.largest(), threads);
    PlanSpec plan = spec.plan();
    update = new WeightUpdate(plan, workers, times);
  }

  @Override
  public void load(Weights newWeights) {
    weights = newWeights;
  }

  @Override
  public void beginEpoch(int newEpoch, int firstStep) {
    epoch = newEpoch;
    step = firstStep;
  }

  @Override
  public StepRunner.Result compute() {
    int shards = spec.shards(batching.size(step));
    List<ShardSums> sums = session.compute(epoch, step, weights);
    int next = 0;
    double lossSum = 0;
    int correct = 0;
    for (ShardSums each : sums) {
      if (each.range().begin() != next) {
        throw new IllegalStateException("shard " + next + " of a step has not been computed");
      }
      next = each.range().end();
      for (int shard = each.range().begin(); shard < next; shard++) {
        CrossEntropy.Loss loss = each.loss(shard);
        lossSum += loss.lossSum();
        correct += loss.correct();
      }
    }
    if (next != shards) {
      throw new IllegalStateException(
          next + " shards of a step have been computed, but it has " + shards);
    }
    step++;
    double norm = update.sum(new ShardSumsAdder(spec, sums, shards)::add);
    return new StepRunner.Result(lossSum, correct, norm);
  }

  @Override
  public void endEpoch() {
    // Nothing is prepared ahead.
  }

  @Override
  public Weights gradients() {
    return update.gradients();
  }

  @Override
  public void update(
      Weights current, Optimizer optimizer, double learningRate, float gradientScale) {
    update.update(current, optimizer, learningRate, gradientScale, index -> {});
  }

  @Override
  public StepTimes times() {
    return times;
  }

  @Override
  public TrainingProfile profile() {
    return times.profile(spec.shards(batching.largest()), List.of());
  }

  @Override
  public void close() {
    workers.close();
    session.close();
  }
}
