package org.nin4j.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nin4j.data.Batching;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Weights;
import org.nin4j.evaluate.ImageResult;
import org.nin4j.io.Model;
import org.nin4j.train.ShardImages;
import org.nin4j.train.ShardRange;
import org.nin4j.train.ShardSpec;
import org.nin4j.train.ShardSums;
import org.nin4j.train.TrainingCluster;

/** One training on the executors of a Spark application. For use by one thread. */
final class ClusterSession implements TrainingCluster.Session {
  private final String id;
  private final ClusterJobs jobs;
  private final JavaSparkContext context;
  private final ShardSpec spec;
  private final ClusterImages images;
  private final int numWorkers;
  private final Batching batching;
  private final ShardImages needed;
  private final Broadcast<byte[]> training;
  private EpochImages epochImages;
  private int openEpoch = -1;

  ClusterSession(
      String id, ClusterJobs jobs, JavaSparkContext context, ShardSpec spec, SparkCluster cluster) {
    this.id = id;
    this.jobs = jobs;
    this.context = context;
    this.spec = spec;
    images = cluster.images();
    numWorkers = cluster.numWorkers();
    batching = spec.batching(images.size());
    needed = new ShardImages(spec, images);
    training =
        context.broadcast(
            new TrainingMessage(spec, images, numWorkers, cluster.engine()).toBytes());
  }

  @Override
  public List<ShardSums> compute(int epoch, int step, Weights weights) {
    open(epoch);
    int shards = spec.shards(batching.size(step));
    Broadcast<byte[]> sent = context.broadcast(WeightsBytes.of(weights));
    try {
      int first = epochImages.routing().firstPartition(step);
      StepTask task = new StepTask(id, training, sent, epoch, step, first);
      List<byte[]> results =
          jobs.run(
              epochImages.images().mapPartitionsWithIndex(task, true),
              busy(shards).map(worker -> first + worker).toArray(),
              String.format("step %d of epoch %d", step + 1, epoch + 1));
      List<ShardSums> sums = new ArrayList<>();
      for (byte[] result : results) {
        sums.add(ShardSums.of(spec, result));
      }
      return sums;
    } finally {
      forget(sent);
    }
  }

  /** The workers that have shards of a step, which are all if there are as many shards. */
  private IntStream busy(int shards) {
    return IntStream.range(0, numWorkers)
        .filter(worker -> ShardRange.of(shards, numWorkers, worker).count() > 0);
  }

  private void open(int epoch) {
    if (epoch != openEpoch) {
      closeEpoch();
      epochImages =
          new EpochImages(
              context, images.packed(), EpochRouting.of(spec, images, needed, numWorkers, epoch));
      openEpoch = epoch;
    }
  }

  private void closeEpoch() {
    if (epochImages != null) {
      epochImages.close();
      epochImages = null;
      openEpoch = -1;
    }
  }

  @Override
  public List<ImageResult> evaluate(ImageDataset evaluated, Model model) {
    Broadcast<byte[]> sent = context.broadcast(WeightsBytes.of(model.weights()));
    try {
      EvaluationTask task = new EvaluationTask(id, training, sent);
      List<ImageResult> results = new ArrayList<>(evaluated.size());
      for (byte[] part :
          jobs.run(
              ((ClusterImages) evaluated).packed().mapPartitions(task),
              "the evaluation of " + evaluated.name())) {
        results.addAll(ImageResultBytes.read(part));
      }
      return results;
    } finally {
      forget(sent);
    }
  }

  /** Nothing is left to forget after the application has ended, which fails the job before. */
  private void forget(Broadcast<byte[]> sent) {
    if (!context.sc().isStopped()) {
      sent.destroy();
    }
  }

  @Override
  public void close() {
    if (context.sc().isStopped()) {
      return;
    }
    closeEpoch();
    training.destroy();
    free();
  }

  /**
   * Asks the executors to free the memory; trainings after this one free what it does not reach.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
  private void free() {
    context
        .parallelize(Collections.nCopies(numWorkers, id), numWorkers)
        .foreachAsync(ExecutorTrainings::close);
  }
}
