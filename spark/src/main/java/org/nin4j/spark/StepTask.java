package org.nin4j.spark;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Computes a worker's shards of a step: a pure function of what is here and of the images, so that
 * a task may be retried, or run twice at the same time.
 *
 * @param id the training
 * @param training the training's message
 * @param weights the weights of the step
 * @param epoch index of the epoch, from 0
 * @param step index of the step in the epoch, from 0
 * @param firstPartition the partition of the first worker
 */
record StepTask(
    String id,
    Broadcast<byte[]> training,
    Broadcast<byte[]> weights,
    int epoch,
    int step,
    int firstPartition)
    implements Function2<Integer, Iterator<Tuple2<Integer, byte[]>>, Iterator<byte[]>> {
  @Override
  public Iterator<byte[]> call(Integer partition, Iterator<Tuple2<Integer, byte[]>> images) {
    ExecutorTraining own = ExecutorTrainings.get(id, training.value());
    StepWorker worker = own.take(TaskContext.get().cpus());
    try {
      byte[] sums =
          worker
              .compute(partition - firstPartition, epoch, step, weights.value(), images)
              .toBytes();
      return Collections.singleton(sums).iterator();
    } finally {
      own.give(worker);
    }
  }
}
