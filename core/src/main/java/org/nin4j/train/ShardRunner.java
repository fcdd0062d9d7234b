package org.nin4j.train;

import org.nin4j.data.Batch;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.train.TrainingProfile.Part;
import org.nin4j.train.internal.CrossEntropy;
import org.nin4j.train.internal.SeededDropout;
import org.nin4j.train.internal.Targets;

/** Computes the loss and the gradients of shards: a plan, and what else one thread needs. */
final class ShardRunner implements AutoCloseable {
  private final TrainingPlan plan;
  private final CrossEntropy loss;
  private final SeededDropout dropout;
  private final DropoutMasks masks = this::fillMask;
  private final StepTimes times;
  private final int perImage;
  private final int classes;
  private long inMasks; // nanoseconds spent on masks in the current forward pass

  ShardRunner(
      Engine engine,
      PlanSpec spec,
      PreparedWeights weights,
      CrossEntropy loss,
      long seed,
      StepTimes times) {
    plan = engine.compileTraining(spec, Gradients.OF_PARAMETERS, weights);
    this.loss = loss;
    this.times = times;
    dropout = new SeededDropout(seed);
    perImage = Math.toIntExact(spec.network().input().elements());
    classes = spec.network().classes();
  }

  TrainingPlan plan() {
    return plan;
  }

  /**
   * Runs the forward pass, the loss, and the backward pass of a shard.
   *
   * @param batch the batch that the shard is part of, or a part of it
   * @param whole number of images in the whole batch, over which the loss is a mean
   * @param epoch index of the epoch, from 0, for Dropout
   * @param shard index of the shard in the gradients
   * @param begin index in {@code batch} of the shard's first image
   * @param end index in {@code batch} after the shard's last image
   * @param logits (batch, classes); the shard's rows are overwritten
   * @param logitsGradient (batch, classes); the shard's rows are overwritten
   * @param gradients the gradients of all shards, of which this shard's are overwritten
   * @param worker index of the thread, to which the time is attributed
   * @return the loss of the shard's images
   */
  CrossEntropy.Loss run(
      Batch batch,
      int whole,
      int epoch,
      int shard,
      int begin,
      int end,
      float[] logits,
      float[] logitsGradient,
      ShardGradients gradients,
      int worker) {
    long time = System.nanoTime();
    dropout.at(epoch, batch.indices(), batch.repeats(), begin);
    inMasks = 0;
    plan.forward(batch.images(), begin * perImage, end - begin, masks, logits, begin * classes);
    times.move(worker, Part.COPIES, Part.MASKS, inMasks);
    time = times.add(worker, Part.COPIES, time);
    CrossEntropy.Loss result =
        loss.compute(logits, Targets.of(batch), begin, end, whole, classes, logitsGradient);
    time = times.add(worker, Part.LOSS, time);
    plan.backward(logitsGradient, begin * classes, gradients, shard);
    times.add(worker, Part.COPIES, time);
    return result;
  }

  private void fillMask(int layer, float p, int image, float[] mask, int offset, int length) {
    long start = System.nanoTime();
    dropout.fill(layer, p, image, mask, offset, length);
    inMasks += System.nanoTime() - start;
  }

  @Override
  public void close() {
    plan.close();
  }
}
