package org.nin4j.engine.reference;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.engine.internal.PlanState;

/** Steps that keep their outputs for the backward pass, whose gradients use two buffers in turn. */
final class ReferenceTrainingPlan implements TrainingPlan {
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final PlanSpec spec;
  private final Gradients wanted;
  private final BackwardExtent extent;
  private final int batch;
  private final int valuesOfImage;
  private final int classes;
  private final Map<Integer, LayerTimers> timers = new HashMap<>(); // by number of images
  private final ReferenceWeights weights;
  private final Weights values; // of the network
  private List<TrainingStep> steps;
  private List<DropoutStep> dropouts;
  private List<BatchNormTrainingStep> batchNorms;
  private float[] logits; // (batch, classes)
  private float[] logitsGradient; // the same
  private float[][] sources; // the images, then the output of each step but the last
  private float[][] diffs; // 2 of (batch, values of the largest layer)
  private float[] diffImages;

  ReferenceTrainingPlan(PlanSpec spec, Gradients wanted, ReferenceWeights weights) {
    this.arguments = new PlanArguments(spec);
    this.spec = spec;
    this.wanted = wanted;
    this.weights = weights;
    values = weights.valuesFor(null);
    batch = spec.batch();
    classes = spec.network().classes();
    extent = new BackwardExtent(spec, wanted);
    TrainingLowering lowering = new TrainingLowering(spec, PlanMode.training(wanted));
    List<Integer> sizes = lowering.sizes();
    valuesOfImage = sizes.get(0);
    steps = lowering.steps();
    dropouts = lowering.dropouts();
    batchNorms = lowering.batchNorms();
    sources = new float[steps.size()][];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new float[Math.multiplyExact(batch, sizes.get(i))];
    }
    logits = new float[Math.multiplyExact(batch, classes)];
    logitsGradient = new float[logits.length];
    diffs = new float[2][Math.multiplyExact(batch, Collections.max(sizes))];
    diffImages = new float[wanted == Gradients.OF_PARAMETERS ? 0 : batch * valuesOfImage];
  }

  @Override
  public synchronized void forward(
      float[] images, int offset, int count, DropoutMasks masks, float[] target, int targetOffset) {
    state.requireOpen();
    weights.requireLoaded();
    arguments.checkForward(images, offset, count, target, targetOffset);
    state.beginForward();
    System.arraycopy(images, offset, sources[0], 0, count * valuesOfImage);
    dropouts.forEach(dropout -> dropout.draw(masks, count));
    LayerTimers current = timers(count);
    long time = System.nanoTime();
    for (int i = 0; i < steps.size(); i++) {
      float[] dst = i == steps.size() - 1 ? logits : sources[i + 1];
      steps.get(i).forward(values, count, sources[i], dst);
      time = current.forward(i).stop(time);
    }
    System.arraycopy(logits, 0, target, targetOffset, count * classes);
    state.endForward(count);
  }

  @Override
  public synchronized void backward(
      float[] gradient, int offset, ShardGradients target, int shard) {
    int count = state.requireForward();
    arguments.checkBackward(count, gradient, offset);
    if (!(target instanceof ReferenceShardGradients gradients)
        || !gradients.belongsTo(spec, weights)) {
      throw new IllegalArgumentException(
          "the gradients belong to other weights or frozen layers; make them with a plan of the same"
              + " specification over the same weights");
    }
    Weights own = gradients.open(shard);
    System.arraycopy(gradient, offset, logitsGradient, 0, count * classes);
    goBack(own, count);
    batchNorms.forEach(step -> step.store(gradients.statistics(), shard, count));
    state.endBackward();
  }

  private void goBack(Weights gradients, int count) {
    LayerTimers current = timers(count);
    float[] diffDst = logitsGradient;
    long time = System.nanoTime();
    for (int i = steps.size() - 1; i >= 0; i--) {
      TrainingStep step = steps.get(i);
      if (extent.hasWeights(i)) {
        step.backwardWeights(gradients, count, sources[i], diffDst);
        time = current.backwardWeights(i).stop(time);
      }
      if (extent.hasData(i)) {
        float[] diffSrc = i == 0 ? diffImages : diffs[i % 2];
        step.backwardData(values, count, sources[i], diffDst, diffSrc);
        time = current.backwardData(i).stop(time);
        diffDst = diffSrc;
      }
    }
  }

  @Override
  public synchronized ShardGradients gradients(int shards) {
    state.requireOpen();
    return new ReferenceShardGradients(spec, weights, shards);
  }

  private LayerTimers timers(int count) {
    return timers.computeIfAbsent(count, key -> new LayerTimers(spec.network()));
  }

  @Override
  public synchronized void inputGradient(float[] target) {
    int count = state.requireInputGradient(wanted);
    arguments.checkInputGradient(count, target, 0);
    System.arraycopy(diffImages, 0, target, 0, count * valuesOfImage);
  }

  @Override
  public synchronized List<StepProfile> profile() {
    state.requireOpen();
    LayerTimers mostRun =
        timers.values().stream()
            .max(Comparator.comparingLong(each -> each.forward(0).runs()))
            .orElseGet(() -> new LayerTimers(spec.network()));
    return mostRun.profile(extent);
  }

  /** Its memory is Java's. */
  @Override
  public synchronized long bytes() {
    state.requireOpen();
    return 0;
  }

  @Override
  public synchronized void close() {
    if (state.close()) {
      steps = List.of();
      dropouts = List.of();
      batchNorms = List.of();
      sources = new float[0][];
      diffs = new float[0][];
      diffImages = new float[0];
    }
  }
}
