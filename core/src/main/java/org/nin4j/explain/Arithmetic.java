package org.nin4j.explain;

import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.InferenceReplicas;

/**
 * What computes, and with which numbers.
 *
 * @param weights of the model
 */
record Arithmetic(Engine engine, Precision precision, Weights weights) {

  /** Compiles one plan over the model's weights; the caller closes it. */
  InferenceReplicas inference(PlanSpec spec) {
    InferenceReplicas replicas = new InferenceReplicas(engine, spec, 1);
    try {
      replicas.load(weights);
      return replicas;
    } catch (RuntimeException | Error e) {
      replicas.close();
      throw e;
    }
  }
}
