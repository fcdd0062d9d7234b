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

/** A replica in training: a plan, and what else one thread needs for a shard. */
final class ShardRunner implements AutoCloseable {
  private final TrainingPlan plan;
  private final CrossEntropy loss;
  private final SeededDropout dropout;
  private final DropoutMasks masks = this::fillMask;
  private final StepTimes times;
  private final int perImage;
  private final int classes;
  private long inMasks; // nanoseconds, in the pass under way

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
   * Forward pass, loss, and backward pass.
   *
   * @param begin index in the batch of the shard's first image
   * @param end index after its last image
   * @param logits of the batch; the shard's rows are overwritten
   * @param logitsGradient the same
   * @param gradients of which the shard's are overwritten
   * @param worker on whose account the time goes
   */
  CrossEntropy.Loss run(
      Batch batch,
      int epoch,
      int shard,
      int begin,
      int end,
      float[] logits,
      float[] logitsGradient,
      ShardGradients gradients,
      int worker) {
    long time = System.nanoTime();
    dropout.at(epoch, batch.indices(), begin);
    inMasks = 0;
    plan.forward(batch.images(), begin * perImage, end - begin, masks, logits, begin * classes);
    times.move(worker, Part.COPIES, Part.MASKS, inMasks);
    time = times.end(worker, Part.COPIES, time);
    Targets targets = new Targets(batch.labels(), batch.secondLabels(), batch.ratios());
    CrossEntropy.Loss found =
        loss.compute(logits, targets, begin, end, batch.size(), classes, logitsGradient);
    time = times.end(worker, Part.LOSS, time);
    plan.backward(logitsGradient, begin * classes, gradients, shard);
    times.end(worker, Part.COPIES, time);
    return found;
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
