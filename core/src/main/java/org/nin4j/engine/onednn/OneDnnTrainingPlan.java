package org.nin4j.engine.onednn;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.PlanArguments;
import org.nin4j.engine.PlanState;
import org.nin4j.engine.Precision;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Weights;
import org.nin4j.engine.onednn.LoweringContext.BatchStatistics;
import org.nin4j.engine.onednn.LoweringContext.Mask;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;
import org.nin4j.nn.Network;

/** Forward and backward pass; all that they leave in the arena lives for one step. */
final class OneDnnTrainingPlan implements TrainingPlan {
  private final PrimitiveVerifier verifier;
  private final Network network;
  private final Precision precision;
  private final Gradients wanted;
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final Programs programs;
  private final IntFunction<Compiled> compiler = this::compile;
  private final ParameterBlock weights;
  private final ParameterBlock gradients;
  private final int perImage;
  private final int classes;
  private final int batch;
  private Program full; // of the full batch
  private float[] scratch = new float[0];
  private Compiled current;

  OneDnnTrainingPlan(
      PrimitiveVerifier verifier,
      Network network,
      int batch,
      Precision precision,
      Gradients wanted) {
    this.verifier = verifier;
    this.network = network;
    this.precision = precision;
    this.wanted = wanted;
    this.batch = batch;
    arguments = new PlanArguments(network, batch);
    perImage = Math.toIntExact(network.input().elements());
    classes = network.classes();
    programs = new Programs();
    try {
      weights = programs.own(new ParameterBlock(network.parameters()));
      gradients = programs.own(new ParameterBlock(network.parameters()));
      programs.forBatch(batch, compiler);
    } catch (RuntimeException e) {
      programs.close();
      throw e;
    }
  }

  private Compiled compile(int count) {
    Compiled compiled =
        Compiled.compile(
            programs.engine(),
            verifier,
            network,
            count,
            precision,
            null,
            weights,
            gradients,
            wanted == Gradients.OF_PARAMETERS_AND_INPUT);
    if (count == batch) {
      full = compiled.program();
    }
    return compiled;
  }

  @Override
  public synchronized void forward(
      Weights source, float[] images, int count, DropoutMasks masks, float[] logits) {
    state.requireOpen();
    arguments.checkForward(source, images, count, logits);
    state.beginForward();
    current = programs.forBatch(count, compiler);
    weights.write(source);
    current.images().write(images);
    for (int i = 0; i < current.masks().size(); i++) {
      fillMask(i, current.masks().get(i), count, masks);
    }
    programs.run(current, Phase.FORWARD);
    current.logits().read(logits);
    if (!FiniteNumbers.in(images, 0, count * perImage) || !FiniteNumbers.in(source)) {
      Arrays.fill(logits, 0, count * classes, Float.NaN);
    }
    for (int i = 0; i < current.statistics().size(); i++) {
      moveRunningStatistics(current.statistics().get(i), source);
    }
    state.endForward(count);
  }

  private void fillMask(int layer, Mask place, int count, DropoutMasks masks) {
    int length = Math.multiplyExact(place.perImage(), count);
    float[] mask = scratch(length);
    masks.fill(layer, place.p(), mask, length);
    place.value().write(mask);
  }

  /** Grows with the largest mask, and then no more. */
  private float[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new float[length];
    }
    return scratch;
  }

  /** running = (1 - momentum) * running + momentum * batch's, of the variance the unbiased one. */
  private void moveRunningStatistics(BatchStatistics statistics, Weights target) {
    float[] batch = scratch(statistics.features());
    statistics.mean().read(batch);
    move(target.values(statistics.runningMean()), batch, statistics.momentum(), 1);
    statistics.variance().read(batch);
    float unbiased = statistics.positions() / (statistics.positions() - 1f);
    move(target.values(statistics.runningVariance()), batch, statistics.momentum(), unbiased);
  }

  private static void move(float[] running, float[] batch, float momentum, float factor) {
    for (int i = 0; i < running.length; i++) {
      running[i] = (1 - momentum) * running[i] + momentum * factor * batch[i];
    }
  }

  @Override
  public synchronized void backward(float[] logitsGradient, Weights target) {
    int count = state.requireForward();
    arguments.checkBackward(count, logitsGradient, target);
    current.logitsGradient().write(logitsGradient);
    programs.run(current, Phase.BACKWARD);
    gradients.read(target);
    state.endBackward();
  }

  @Override
  public synchronized void inputGradient(float[] target) {
    int count = state.requireInputGradient(wanted);
    arguments.checkInputGradient(count, target);
    current.imagesGradient().read(target);
  }

  @Override
  public synchronized List<StepProfile> profile() {
    state.requireOpen();
    return ProgramProfile.of(full, network);
  }

  @Override
  public synchronized void close() {
    if (state.close()) {
      programs.close();
    }
  }
}
