package org.nin4j.engine;

import java.util.Optional;

/**
 * Which precision is computed in: what is chosen where nobody asks for one, and why one that is
 * asked for is not possible. Every part of the library and the command line go by this class.
 *
 * <p>A refusal is one sentence without an end, to which the caller adds what to do: {@code oneDNN
 * 3.11.0 (avx2) does not compute in bf16}.
 */
public final class PrecisionPolicy {
  private PrecisionPolicy() {}

  /**
   * The default for training: bf16 where the engine supports it, which is the fastest there, else
   * fp32.
   */
  public static Precision forTraining(Engine engine) {
    return fastestFloats(engine);
  }

  /**
   * The default for inference: int8 for a quantized model where the engine supports it, else fp32,
   * whose results are the same everywhere but for rounding.
   *
   * @param quantized whether the model has a {@link Quantization}
   */
  public static Precision forInference(Engine engine, boolean quantized) {
    return quantized && engine.supports(Precision.INT8) ? Precision.INT8 : Precision.FP32;
  }

  /**
   * The fastest for inference: int8 for a quantized model where the engine supports it, else bf16
   * where the engine supports it, else fp32. With bf16 the logits are rounded more coarsely than
   * with the default.
   *
   * @param quantized whether the model has a {@link Quantization}
   */
  public static Precision fastestForInference(Engine engine, boolean quantized) {
    return quantized && engine.supports(Precision.INT8) ? Precision.INT8 : fastestFloats(engine);
  }

  private static Precision fastestFloats(Engine engine) {
    return engine.supports(Precision.BF16) ? Precision.BF16 : Precision.FP32;
  }

  /** Why no engine trains in a precision; empty where training is possible. */
  public static Optional<String> trainingRefusal(Precision precision) {
    return precision == Precision.INT8
        ? Optional.of("training computes in fp32 or bf16, not in int8")
        : Optional.empty();
  }

  /**
   * Why no engine runs a model in a precision; empty where inference is possible.
   *
   * @param quantized whether the model has a {@link Quantization}
   */
  public static Optional<String> inferenceRefusal(Precision precision, boolean quantized) {
    return precision == Precision.INT8 && !quantized
        ? Optional.of("the model is not quantized, so it cannot compute in int8")
        : Optional.empty();
  }

  /** Why an engine does not compute in a precision here; empty where it does. */
  public static Optional<String> engineRefusal(Engine engine, Precision precision) {
    return engine.supports(precision)
        ? Optional.empty()
        : Optional.of(engine.description() + " does not compute in " + precision);
  }
}
