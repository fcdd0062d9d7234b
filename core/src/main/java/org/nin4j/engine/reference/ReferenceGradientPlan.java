package org.nin4j.engine.reference;

import java.util.Collections;
import java.util.List;
import org.nin4j.engine.GradientPlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.engine.internal.PlanState;

/** Steps that keep their outputs for the backward pass, whose gradients use two buffers in turn. */
final class ReferenceGradientPlan implements GradientPlan {
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final ReferenceWeights weights;
  private final Weights values;
  private final List<Integer> sizes;
  private List<TrainingStep> steps;
  private float[][] buffers; // the images, then the output of each step: (batch, values)
  private float[][] diffs; // 2 of (batch, values of the largest layer)

  ReferenceGradientPlan(PlanSpec spec, ReferenceWeights weights) {
    this.weights = weights;
    arguments = new PlanArguments(spec);
    values = weights.valuesFor(null);
    TrainingLowering lowering = new TrainingLowering(spec, PlanMode.INPUT_GRADIENT);
    steps = lowering.steps();
    sizes = lowering.sizes();
    buffers = new float[sizes.size()][];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = new float[Math.multiplyExact(spec.batch(), sizes.get(i))];
    }
    diffs = new float[2][Math.multiplyExact(spec.batch(), Collections.max(sizes))];
  }

  @Override
  public synchronized void forward(
      float[] images, int offset, int count, float[] logits, int logitsOffset) {
    state.requireOpen();
    weights.requireLoaded();
    arguments.checkRun(images, offset, count, logits, logitsOffset);
    state.beginForward();
    System.arraycopy(images, offset, buffers[0], 0, count * sizes.get(0));
    int last = steps.size();
    for (int i = 0; i < last; i++) {
      steps.get(i).forward(values, count, buffers[i], buffers[i + 1]);
    }
    System.arraycopy(buffers[last], 0, logits, logitsOffset, count * sizes.get(last));
    state.endForward(count);
  }

  @Override
  public synchronized void backward(
      float[] logitsGradient, int offset, float[] imagesGradient, int imagesOffset) {
    int count = state.requireForward();
    arguments.checkBackward(count, logitsGradient, offset);
    arguments.checkInputGradient(count, imagesGradient, imagesOffset);
    int last = steps.size();
    System.arraycopy(logitsGradient, offset, diffs[last % 2], 0, count * sizes.get(last));
    for (int i = last - 1; i >= 0; i--) {
      steps.get(i).backwardData(values, count, buffers[i], diffs[(i + 1) % 2], diffs[i % 2]);
    }
    System.arraycopy(diffs[0], 0, imagesGradient, imagesOffset, count * sizes.get(0));
    state.endBackward();
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
      buffers = new float[0][];
      diffs = new float[0][];
    }
  }
}
