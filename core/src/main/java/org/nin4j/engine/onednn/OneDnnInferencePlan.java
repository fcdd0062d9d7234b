package org.nin4j.engine.onednn;

import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.engine.internal.PlanState;

/** Forward pass only. */
final class OneDnnInferencePlan implements InferencePlan {
  private final OneDnnWeights weights;
  private final PlanSpec spec;
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final FullBatch batch;

  OneDnnInferencePlan(ThreadSetting threads, PlanSpec spec, OneDnnWeights weights) {
    this.spec = spec;
    this.weights = weights;
    arguments = new PlanArguments(spec);
    batch = new FullBatch(threads, spec, weights, PlanMode.INFERENCE);
  }

  @Override
  public synchronized void run(
      float[] images, int offset, int count, float[] logits, int logitsOffset) {
    state.requireOpen();
    boolean finiteWeights = weights.requireLoaded();
    arguments.checkRun(images, offset, count, logits, logitsOffset);
    state.beginForward();
    batch.forward(images, offset, count, finiteWeights, logits, logitsOffset);
    state.endForward(count);
  }

  @Override
  public synchronized void output(int index, float[] target) {
    int count = state.requireRun();
    arguments.checkOutput(count, index, target);
    Tensor output = batch.output(index);
    output.read(target, 0, output.size() / spec.batch() * count);
  }

  @Override
  public synchronized long bytes() {
    state.requireOpen();
    return batch.bytes();
  }

  @Override
  public synchronized void close() {
    if (state.close()) {
      batch.close();
    }
  }
}
