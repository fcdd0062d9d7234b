package org.nin4j.engine.onednn;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.engine.internal.PlanState;
import org.nin4j.engine.onednn.LoweringContext.Mask;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/** Forward and backward pass; what they leave in the arena lives for one shard. */
final class OneDnnTrainingPlan implements TrainingPlan {
  private final ThreadSetting threads;
  private final OneDnnWeights weights;
  private final PlanSpec spec;
  private final Gradients wanted;
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final ProgramCache programs;
  private final IntFunction<CompiledNetwork> compiler = this::compile;
  private final int perImage;
  private final int classes;
  private float[] scratch = new float[0];
  private CompiledNetwork current;

  OneDnnTrainingPlan(
      ThreadSetting threads, PlanSpec spec, Gradients wanted, OneDnnWeights weights) {
    this.threads = threads;
    this.spec = spec;
    this.wanted = wanted;
    this.weights = weights;
    arguments = new PlanArguments(spec);
    perImage = Math.toIntExact(spec.network().input().elements());
    classes = spec.network().classes();
    weights.retain();
    programs = new ProgramCache();
    try {
      threads.with(() -> programs.forBatch(spec.batch(), compiler));
    } catch (RuntimeException e) {
      programs.close();
      weights.release();
      throw e;
    }
  }

  private CompiledNetwork compile(int count) {
    return CompiledNetwork.compile(
        programs.engine(), threads.verifier(), spec, count, weights, PlanMode.training(wanted));
  }

  @Override
  public synchronized void forward(
      float[] images, int offset, int count, DropoutMasks masks, float[] logits, int logitsOffset) {
    state.requireOpen();
    boolean finite = weights.requireLoaded();
    arguments.checkForward(images, offset, count, logits, logitsOffset);
    state.beginForward();
    int before = threads.enter();
    try {
      current = programs.forBatch(count, compiler);
      current.images().write(images, offset, count * perImage);
      for (int i = 0; i < current.masks().size(); i++) {
        fillMask(i, current.masks().get(i), count, masks);
      }
      programs.run(current, Phase.FORWARD);
    } finally {
      threads.leave(before);
    }
    current.logits().read(logits, logitsOffset, count * classes);
    if (!finite || !FiniteNumbers.in(images, offset, offset + count * perImage)) {
      Arrays.fill(logits, logitsOffset, logitsOffset + count * classes, Float.NaN);
    }
    state.endForward(count);
  }

  private void fillMask(int layer, Mask mask, int count, DropoutMasks masks) {
    int length = Math.multiplyExact(mask.perImage(), count);
    if (scratch.length < length) {
      scratch = new float[length];
    }
    for (int image = 0; image < count; image++) {
      int begin = image * mask.perImage();
      masks.fill(layer, mask.p(), image, scratch, begin, mask.perImage());
    }
    mask.tensor().write(scratch, 0, length);
  }

  @Override
  public synchronized void backward(
      float[] logitsGradient, int offset, ShardGradients target, int shard) {
    int count = state.requireForward();
    arguments.checkBackward(count, logitsGradient, offset);
    if (!(target instanceof OneDnnShardGradients gradients)
        || !gradients.belongsTo(spec, weights)) {
      throw new IllegalArgumentException(
          "the gradients belong to other weights or frozen layers; make them with a plan of the same"
              + " specification over the same weights");
    }
    current.logitsGradient().write(logitsGradient, offset, count * classes);
    GradientBlock slot = gradients.open(shard);
    int before = threads.enter();
    try {
      current.program().bind(slot);
      programs.run(current, Phase.BACKWARD);
      gradients.store(shard, current.statistics());
    } finally {
      threads.leave(before);
      gradients.release();
    }
    state.endBackward();
  }

  @Override
  public synchronized ShardGradients gradients(int shards) {
    state.requireOpen();
    return new OneDnnShardGradients(spec, weights, shards);
  }

  @Override
  public synchronized void inputGradient(float[] target) {
    int count = state.requireInputGradient(wanted);
    arguments.checkInputGradient(count, target, 0);
    current.imagesGradient().read(target, 0, count * perImage);
  }

  @Override
  public synchronized List<StepProfile> profile() {
    state.requireOpen();
    return programs.mostRun().profile();
  }

  @Override
  public synchronized long bytes() {
    state.requireOpen();
    return programs.bytes();
  }

  @Override
  public synchronized void close() {
    if (state.close()) {
      programs.close();
      weights.release();
    }
  }
}
