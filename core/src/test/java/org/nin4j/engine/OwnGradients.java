package org.nin4j.engine;

import org.nin4j.nn.Network;

/** A gradient plan with prepared weights of its own. */
public final class OwnGradients implements AutoCloseable {
  private final PreparedWeights prepared;
  private final GradientPlan plan;

  private OwnGradients(Engine engine, PlanSpec spec) {
    prepared = engine.prepare(spec.network());
    try {
      plan = engine.compileGradients(spec, prepared);
    } catch (RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  /** A plan of that specification. */
  public static OwnGradients compile(Engine engine, PlanSpec spec) {
    return new OwnGradients(engine, spec);
  }

  /** A plan for up to a number of images. */
  public static OwnGradients compile(
      Engine engine, Network network, int batch, Precision precision) {
    return compile(engine, PlanSpec.of(network, batch, precision));
  }

  public GradientPlan plan() {
    return plan;
  }

  public void load(Weights weights) {
    prepared.load(weights);
  }

  public void forward(float[] images, int count, float[] logits) {
    plan.forward(images, 0, count, logits, 0);
  }

  public void backward(float[] logitsGradient, float[] imagesGradient) {
    plan.backward(logitsGradient, 0, imagesGradient, 0);
  }

  @Override
  public void close() {
    plan.close();
    prepared.close();
  }
}
