package org.nin4j.engine;

import java.util.OptionalDouble;
import org.nin4j.nn.Network;

/** Compiles networks into plans. */
public interface Engine {
  /** Name, version and instruction set, for logs: {@code oneDNN 3.11.0 (avx512_core)}. */
  String description();

  /** Whether plans of this precision run here at full speed; asking for another one is an error. */
  boolean supports(Precision precision);

  /**
   * Measures the most arithmetic that threads of this machine do in a precision, by which the speed
   * of a layer can be judged. It takes about half a second.
   *
   * @param threads how many threads compute, at least 1
   * @return 1e9 multiplications and additions a second (GFLOP/s); empty when the engine has no
   *     measurement
   * @throws EngineException when the engine measures, but does not support the precision here
   */
  OptionalDouble measurePeak(Precision precision, int threads);

  /** Bytes of memory that plans can still take; {@link Long#MAX_VALUE} where it is not known. */
  long freeMemory();

  /**
   * Room for the weights that the plans of a network share.
   *
   * @throws EngineException when there is not enough memory
   */
  PreparedWeights prepare(Network network);

  /**
   * A plan that computes logits.
   *
   * @param weights prepared by this engine for the specification's network; stays the caller's
   * @throws EngineException when the engine cannot run the network
   */
  InferencePlan compileInference(PlanSpec spec, PreparedWeights weights);

  /**
   * A plan that computes logits and gradients, with Dropout and BatchNorm2d in training mode, in
   * fp32 or bf16.
   *
   * @param weights prepared by this engine for the specification's network; stays the caller's
   * @throws EngineException when the engine cannot run the network
   */
  TrainingPlan compileTraining(PlanSpec spec, Gradients gradients, PreparedWeights weights);
}
