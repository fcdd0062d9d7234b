package org.nin4j.engine;

import java.util.List;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.RunningStatistics;
import org.nin4j.nn.Network;

/**
 * A training plan on batches of one shard, with weights and gradients as arrays: a step as PyTorch
 * does it.
 */
public final class WholeBatch implements AutoCloseable {
  private final PreparedWeights prepared;
  private final TrainingPlan plan;
  private final ShardGradients shard;
  private final RunningStatistics statistics;
  private final Network network;
  private Weights weights;

  private WholeBatch(Engine engine, PlanSpec spec, Gradients gradients) {
    network = spec.network();
    statistics = new RunningStatistics(spec);
    prepared = engine.prepare(network);
    try {
      plan = engine.compileTraining(spec, gradients, prepared);
      shard = plan.gradients(1);
    } catch (RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  /** A plan of that specification. */
  public static WholeBatch compile(Engine engine, PlanSpec spec, Gradients gradients) {
    return new WholeBatch(engine, spec, gradients);
  }

  /** A plan for up to a number of images. */
  public static WholeBatch compile(
      Engine engine, Network network, int batch, Precision precision, Gradients gradients) {
    return compile(engine, PlanSpec.of(network, batch, precision), gradients);
  }

  public TrainingPlan plan() {
    return plan;
  }

  /** Forward pass with these weights. */
  public void forward(
      Weights newWeights, float[] images, int count, DropoutMasks masks, float[] logits) {
    weights = newWeights;
    prepared.load(weights);
    plan.forward(images, 0, count, masks, logits, 0);
  }

  /** Backward pass; also moves the running statistics in the weights of the forward pass. */
  public void backward(float[] logitsGradient, Weights gradients) {
    PlanArguments.checkWeights(network, gradients);
    plan.backward(logitsGradient, 0, shard, 0);
    Weights batch = Weights.zeros(network);
    for (int i = 0; i < gradients.count(); i++) {
      shard.sum(1, i, gradients.parameters().get(i).trainable() ? gradients : batch);
    }
    statistics.move(weights, batch);
  }

  public void inputGradient(float[] target) {
    plan.inputGradient(target);
  }

  public List<StepProfile> profile() {
    return plan.profile();
  }

  @Override
  public void close() {
    shard.close();
    plan.close();
    prepared.close();
  }
}
