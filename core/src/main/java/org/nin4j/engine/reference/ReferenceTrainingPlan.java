package org.nin4j.engine.reference;

import java.util.Collections;
import java.util.List;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.PlanArguments;
import org.nin4j.engine.PlanState;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Network;

/**
 * Steps that keep what they put out for the backward pass, whose gradients go back through two
 * buffers in turn.
 */
final class ReferenceTrainingPlan implements TrainingPlan {
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final Gradients wanted;
  private final int batch;
  private final int valuesOfImage;
  private final LayerClocks fullClocks; // of passes with a full batch
  private final LayerClocks otherClocks;
  private Weights weights; // of the last forward pass
  private List<TrainingStep> steps;
  private List<DropoutStep> dropouts;
  private float[][] values; // the images, then what each step but the last puts out
  private float[][] diffs; // 2 of (batch, values of the largest layer)
  private float[] diffImages;

  ReferenceTrainingPlan(Network network, int batch, Gradients wanted) {
    this.arguments = new PlanArguments(network, batch);
    this.wanted = wanted;
    this.batch = batch;
    fullClocks = new LayerClocks(network);
    otherClocks = new LayerClocks(network);
    TrainingLowering lowering = new TrainingLowering(network, batch);
    List<Integer> sizes = lowering.sizes();
    valuesOfImage = sizes.get(0);
    steps = lowering.steps();
    dropouts = lowering.dropouts();
    values = new float[steps.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = new float[Math.multiplyExact(batch, sizes.get(i))];
    }
    diffs = new float[2][Math.multiplyExact(batch, Collections.max(sizes))];
    diffImages = new float[wanted == Gradients.OF_PARAMETERS ? 0 : batch * valuesOfImage];
  }

  @Override
  public void forward(
      Weights weights, float[] images, int count, DropoutMasks masks, float[] logits) {
    state.requireOpen();
    arguments.checkForward(weights, images, count, logits);
    state.beginForward();
    this.weights = weights;
    System.arraycopy(images, 0, values[0], 0, count * valuesOfImage);
    dropouts.forEach(dropout -> dropout.draw(masks, count));
    LayerClocks clocks = clocks(count);
    long time = System.nanoTime();
    for (int i = 0; i < steps.size(); i++) {
      float[] dst = i == steps.size() - 1 ? logits : values[i + 1];
      steps.get(i).forward(weights, count, values[i], dst);
      time = clocks.forward(i).stop(time);
    }
    state.endForward(count);
  }

  @Override
  public void backward(float[] logitsGradient, Weights gradients) {
    int count = state.requireForward();
    arguments.checkBackward(count, logitsGradient, gradients);
    LayerClocks clocks = clocks(count);
    float[] diffDst = logitsGradient;
    long time = System.nanoTime();
    for (int i = steps.size() - 1; i >= 0; i--) {
      TrainingStep step = steps.get(i);
      step.backwardWeights(gradients, count, values[i], diffDst);
      time = clocks.backwardWeights(i).stop(time);
      if (i > 0 || wanted == Gradients.OF_PARAMETERS_AND_INPUT) {
        float[] diffSrc = i == 0 ? diffImages : diffs[i % 2];
        step.backwardData(weights, count, values[i], diffDst, diffSrc);
        time = clocks.backwardData(i).stop(time);
        diffDst = diffSrc;
      }
    }
    state.endBackward();
  }

  private LayerClocks clocks(int count) {
    return count == batch ? fullClocks : otherClocks;
  }

  @Override
  public void inputGradient(float[] target) {
    int count = state.requireInputGradient(wanted);
    arguments.checkInputGradient(count, target);
    System.arraycopy(diffImages, 0, target, 0, count * valuesOfImage);
  }

  @Override
  public List<StepProfile> profile() {
    state.requireOpen();
    return fullClocks.profile(wanted == Gradients.OF_PARAMETERS_AND_INPUT);
  }

  @Override
  public void close() {
    if (state.close()) {
      weights = null;
      steps = List.of();
      dropouts = List.of();
      values = new float[0][];
      diffs = new float[0][];
      diffImages = new float[0];
    }
  }
}
