package org.nin4j.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaRDD;
import scala.Function1;
import scala.collection.Iterator;
import scala.concurrent.Await;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Runs jobs of which each task gives one array of bytes. A job is cancelled when the thread that
 * waits for it is interrupted, or when none of its tasks ends for too long.
 *
 * @param context the driver's context
 * @param patience how long a job may go on without a task that ends
 */
record ClusterJobs(SparkContext context, Duration patience) {
  /** What a task does; sent to the executors. */
  @FunctionalInterface
  private interface Task extends Function1<Iterator<byte[]>, byte[]>, Serializable {}

  private static final scala.concurrent.duration.Duration POLL =
      scala.concurrent.duration.Duration.create(500, TimeUnit.MILLISECONDS);

  /** Computes all partitions. */
  List<byte[]> run(JavaRDD<byte[]> rdd, String what) {
    return run(rdd, IntStream.range(0, rdd.getNumPartitions()).toArray(), what);
  }

  /**
   * Computes some partitions, each of which has one element.
   *
   * @param partitions their indices
   * @param what what is done, for messages: {@code step 3 of epoch 1}
   * @return the elements, in the order of the partitions
   * @throws ClusterException when a task fails too often, or the job takes too long
   */
  List<byte[]> run(JavaRDD<byte[]> rdd, int[] partitions, String what) {
    byte[][] results = new byte[partitions.length][];
    List<Object> indices = IntStream.of(partitions).mapToObj(index -> (Object) index).toList();
    Task task = Iterator::next;
    context.setLocalProperty("spark.job.description", what); // shown in Spark's own page
    try {
      await(
          context.submitJob(
              rdd.rdd(),
              task,
              CollectionConverters.asScala(indices).toSeq(),
              (index, bytes) -> {
                results[(int) index] = bytes;
                return BoxedUnit.UNIT;
              },
              () -> BoxedUnit.UNIT),
          what);
    } finally {
      context.setLocalProperty("spark.job.description", null);
    }
    return List.of(results);
  }

  private void await(SimpleFutureAction<BoxedUnit> action, String what) {
    long ended = -1;
    long since = System.nanoTime();
    try {
      while (true) {
        try {
          Await.ready(action, POLL);
          break;
        } catch (TimeoutException e) {
          int now = endedTasks(action);
          if (now != ended) {
            ended = now;
            since = System.nanoTime();
          } else if (System.nanoTime() - since > patience.toNanos()) {
            throw new ClusterException(
                what
                    + ": no task has ended for "
                    + patience.toSeconds()
                    + " seconds; see whether the application has executors, or allow more time",
                e);
          }
        }
      }
      action.value().get().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException(what + " was interrupted", e);
    } catch (ClusterException e) {
      throw e;
    } catch (Exception e) { // Spark's are checked, but Scala does not declare them
      throw ClusterFailure.of(what, e);
    } finally {
      action.cancel(); // does nothing to a job that has ended
    }
  }

  private int endedTasks(SimpleFutureAction<BoxedUnit> action) {
    int ended = 0;
    for (Object job : CollectionConverters.asJava(action.jobIds())) {
      SparkJobInfo info = context.statusTracker().getJobInfo((int) job).getOrElse(() -> null);
      for (int id : info == null ? new int[0] : info.stageIds()) {
        SparkStageInfo stage = context.statusTracker().getStageInfo(id).getOrElse(() -> null);
        ended += stage == null ? 0 : stage.numCompletedTasks() + stage.numFailedTasks();
      }
    }
    return ended;
  }
}
