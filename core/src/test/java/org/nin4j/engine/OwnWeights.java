package org.nin4j.engine;

import org.nin4j.nn.Network;

/** An inference plan with prepared weights of its own. */
public final class OwnWeights implements AutoCloseable {
  private final PreparedWeights prepared;
  private final InferencePlan plan;

  private OwnWeights(Engine engine, PlanSpec spec) {
    prepared = engine.prepare(spec.network());
    try {
      plan = engine.compileInference(spec, prepared);
    } catch (RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  /** A plan of that specification. */
  public static OwnWeights compile(Engine engine, PlanSpec spec) {
    return new OwnWeights(engine, spec);
  }

  /** A plan for up to a number of images. */
  public static OwnWeights compile(Engine engine, Network network, int batch, Precision precision) {
    return compile(engine, PlanSpec.of(network, batch, precision));
  }

  public InferencePlan plan() {
    return plan;
  }

  public void load(Weights weights) {
    prepared.load(weights);
  }

  public void run(float[] images, int count, float[] logits) {
    plan.run(images, count, logits);
  }

  @Override
  public void close() {
    plan.close();
    prepared.close();
  }
}
