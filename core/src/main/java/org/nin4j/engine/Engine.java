package org.nin4j.engine;

import org.nin4j.nn.Network;

/** Compiles networks into plans. */
public interface Engine {
  /**
   * Name, version and instruction set, for logs: {@code oneDNN 3.11.0 (avx512_core), 2 threads}.
   */
  String description();

  /** Whether plans of this precision run here at full speed; asking for another one is an error. */
  boolean supports(Precision precision);

  /**
   * A plan that computes logits, in fp32 or bf16.
   *
   * @param batch the most images of one run, at least 1
   * @throws EngineException when the engine cannot run the network
   */
  default InferencePlan compileInference(Network network, int batch, Precision precision) {
    return compileInference(network, batch, precision, null);
  }

  /**
   * A plan that computes logits.
   *
   * @param batch the most images of one run, at least 1
   * @param quantization what {@link Precision#INT8} needs and others do not look at; may be null
   * @throws EngineException when the engine cannot run the network
   * @throws IllegalArgumentException when the quantization is missing or of another network
   */
  InferencePlan compileInference(
      Network network, int batch, Precision precision, Quantization quantization);

  /**
   * A plan that computes logits and gradients, with Dropout and BatchNorm2d in training mode, in
   * fp32 or bf16.
   *
   * @param batch the most images of one step, at least 1
   * @throws EngineException when the engine cannot run the network
   */
  TrainingPlan compileTraining(
      Network network, int batch, Precision precision, Gradients gradients);
}
