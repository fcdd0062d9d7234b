package org.nin4j.engine;

import java.util.OptionalDouble;
import org.nin4j.nn.Network;

/**
 * Compiles networks into plans and says what it can do on this machine. Engines come from {@link
 * org.nin4j.Engines}. An engine may be shared by any number of threads.
 */
public interface Engine {
  /**
   * {@return the name, version and instruction set, for logs: {@code oneDNN 3.11.0 (avx512_core)}}
   */
  String description();

  /**
   * Says whether plans of a precision run at full speed on this machine. Asking for a plan in
   * another precision is an error.
   *
   * @param precision the arithmetic
   * @return whether the engine compiles plans of that precision
   */
  boolean supports(Precision precision);

  /**
   * Measures the most arithmetic that threads of this machine do in a precision, by which the speed
   * of a layer can be judged. The measurement takes about half a second.
   *
   * @param precision the arithmetic
   * @param threads how many threads compute, at least 1
   * @return 1e9 multiplications and additions a second (GFLOP/s); empty for an engine that has no
   *     measurement
   * @throws EngineException when the engine does not support the precision on this machine
   */
  OptionalDouble measurePeak(Precision precision, int threads);

  /**
   * {@return the bytes of memory that plans can still take; {@link Long#MAX_VALUE} where that is
   * not known}
   */
  long freeMemory();

  /**
   * Allocates memory for the weights that the plans of a network share.
   *
   * @param network whose parameters and buffers are to be stored
   * @return prepared weights without values, which the caller loads and closes
   * @throws EngineException when there is not enough memory
   */
  PreparedWeights prepare(Network network);

  /**
   * Compiles a plan that computes logits.
   *
   * @param spec what the plan is for
   * @param weights prepared by this engine for a network with the same layers; the caller still
   *     owns them
   * @return a plan, which the caller closes
   * @throws IllegalArgumentException when another engine or another network prepared the weights
   * @throws EngineException when the engine does not support the precision, cannot run the network,
   *     or does not get enough memory
   */
  InferencePlan compileInference(PlanSpec spec, PreparedWeights weights);

  /**
   * Compiles a plan that computes logits and gradients in fp32 or bf16, with Dropout, and
   * BatchNorm2d where it is not frozen, in training mode. The backward pass ends at the first layer
   * of the network that has something to train, unless the gradient of the images is asked for.
   *
   * @param spec what the plan is for; its outputs are ignored
   * @param gradients what the backward pass computes
   * @param weights prepared by this engine for a network with the same layers; the caller still
   *     owns them
   * @return a plan, which the caller closes
   * @throws IllegalArgumentException when the precision is int8, or when another engine or another
   *     network prepared the weights
   * @throws EngineException when the engine does not support the precision, cannot run the network,
   *     or does not get enough memory
   */
  TrainingPlan compileTraining(PlanSpec spec, Gradients gradients, PreparedWeights weights);

  /**
   * Compiles a plan that computes logits and the gradient of the images in fp32 or bf16, with all
   * layers in inference mode.
   *
   * @param spec what the plan is for; its outputs and frozen layers are ignored
   * @param weights prepared by this engine for a network with the same layers; the caller still
   *     owns them
   * @return a plan, which the caller closes
   * @throws IllegalArgumentException when the precision is int8, or when another engine or another
   *     network prepared the weights
   * @throws EngineException when the engine does not support the precision, cannot run the network,
   *     or does not get enough memory
   */
  GradientPlan compileGradients(PlanSpec spec, PreparedWeights weights);
}
