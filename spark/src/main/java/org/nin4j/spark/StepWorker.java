package org.nin4j.spark;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.nin4j.data.Batching;
import org.nin4j.data.DecodedImage;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Weights;
import org.nin4j.train.ShardRange;
import org.nin4j.train.ShardSpec;
import org.nin4j.train.ShardSums;
import org.nin4j.train.ShardWorker;
import scala.Tuple2;

/** A worker of a training, with weights and images of its own. For one task at a time. */
final class StepWorker implements AutoCloseable {
  private final ShardSpec spec;
  private final int channels;
  private final int numWorkers;
  private final Batching batching;
  private final Weights weights;
  private final Map<Integer, byte[]> images = new HashMap<>();
  private final ShardWorker worker;

  StepWorker(Engine engine, ShardSpec spec, TrainingMessage message, int threads) {
    this.spec = spec;
    channels = message.channels();
    numWorkers = message.numWorkers();
    weights = Weights.zeros(spec.network());
    var dataset = message.images(this::image);
    batching = spec.batching(dataset.size());
    int shards = spec.shards(batching.largest());
    int most = Math.max(1, (shards + numWorkers - 1) / numWorkers);
    worker = new ShardWorker(engine, spec, dataset, most, threads);
  }

  /** Called by the threads of the worker. */
  private DecodedImage image(int index) {
    byte[] packed = images.get(index);
    if (packed == null) {
      throw new IllegalStateException("image " + index + " has not been sent to this worker");
    }
    return PackedImage.image(packed, channels);
  }

  /**
   * Computes a worker's shards of a step.
   *
   * @param number index of the worker among all workers of the training
   * @param loaded the weights of the step
   * @param available the images of these shards; there may be others among them
   */
  ShardSums compute(
      int number, int epoch, int step, byte[] loaded, Iterator<Tuple2<Integer, byte[]>> available) {
    try {
      available.forEachRemaining(image -> images.put(image._1(), image._2()));
      WeightsBytes.read(loaded, weights);
      worker.load(weights);
      ShardRange range = ShardRange.of(spec.shards(batching.size(step)), numWorkers, number);
      return worker.compute(epoch, step, range);
    } finally {
      images.clear();
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
