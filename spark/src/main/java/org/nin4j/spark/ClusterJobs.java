package org.nin4j.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * Runs jobs, and waits for them. They are cancelled when the thread that waits is interrupted, or
 * when none of their tasks ends for too long.
 *
 * @param context the driver's context
 * @param patience how long jobs may go on without a task that ends
 */
record ClusterJobs(SparkContext context, Duration patience) {
  /** What a task does; sent to the executors. */
  @FunctionalInterface
  private interface Task extends Function2<TaskContext, Iterator<byte[]>, byte[]>, Serializable {}

  /** Shown in Spark's own page. */
  private static final String DESCRIPTION = "spark.job.description";

  /** Computes all partitions, each of which has one element. */
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
    Task task = (context, elements) -> elements.next();
    waitFor(
        what,
        () -> {
          context.runJob(
              rdd.rdd(),
              task,
              CollectionConverters.asScala(indices).toSeq(),
              (index, bytes) -> {
                results[(int) index] = bytes;
                return BoxedUnit.UNIT;
              },
              ClassTag.apply(byte[].class));
          return results;
        });
    return List.of(results);
  }

  /**
   * Calls something of Spark's that runs jobs in the name of this thread and waits for them.
   *
   * @param what what is done, for messages
   * @return what the call returns
   * @throws ClusterException when a job fails or takes too long
   * @throws IllegalArgumentException when a task says that the data are wrong
   */
  <T> T waitFor(String what, Callable<T> call) {
    String tag = "nin4j-" + UUID.randomUUID();
    String before = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(DESCRIPTION, what);
    context.addJobTag(tag);
    try (JobWatch watch = JobWatch.start(context, tag, patience)) {
      return call(what, call, watch);
    } catch (InterruptedException e) {
      if (!context.isStopped()) {
        context.cancelJobsWithTag(tag);
      }
      Thread.currentThread().interrupt();
      throw new ClusterException(what + " was interrupted", e);
    } finally {
      context.removeJobTag(tag);
      context.setLocalProperty(DESCRIPTION, before);
    }
  }

  private <T> T call(String what, Callable<T> call, JobWatch watch) throws InterruptedException {
    try {
      return call.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // Spark's are checked, but Scala does not declare them
      if (watch.expired()) {
        throw new ClusterException(
            what
                + ": no task has ended for "
                + patience.toSeconds()
                + " seconds; see whether the application has executors, and what they do",
            e);
      }
      throw ClusterFailure.of(what, e);
    }
  }
}
