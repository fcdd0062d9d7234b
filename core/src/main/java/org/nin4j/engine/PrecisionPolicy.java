package org.nin4j.engine;

import java.util.Optional;

/**
 * Decides on the precision: which one is the default, and why a requested one is not possible. The
 * whole library and the command line use this class.
 *
 * <p>A refusal is a sentence without its end, to which the caller adds what to do or what happens
 * instead: {@code oneDNN 3.11.0 (avx2) does not compute in bf16}.
 */
public final class PrecisionPolicy {
  private PrecisionPolicy() {}

  /**
   * Returns the default for training: bf16, which is the fastest, where the engine supports it,
   * else fp32.
   *
   * @param engine the engine that trains
   * @return the precision
   */
  public static Precision forTraining(Engine engine) {
    return fastestFloats(engine);
  }

  /**
   * Returns the default for inference: int8 for a quantized model where the engine supports it,
   * else fp32, whose results are the same on every machine up to rounding.
   *
   * @param engine the engine that computes
   * @param quantized whether the model has a {@link Quantization}
   * @return the precision
   */
  public static Precision forInference(Engine engine, boolean quantized) {
    return quantized && engine.supports(Precision.INT8) ? Precision.INT8 : Precision.FP32;
  }

  /**
   * Returns the fastest precision for inference: int8 for a quantized model where the engine
   * supports it, else bf16 where the engine supports it, else fp32. Bf16 rounds the logits more
   * coarsely than the default does.
   *
   * @param engine the engine that computes
   * @param quantized whether the model has a {@link Quantization}
   * @return the precision
   */
  public static Precision fastestForInference(Engine engine, boolean quantized) {
    return quantized && engine.supports(Precision.INT8) ? Precision.INT8 : fastestFloats(engine);
  }

  private static Precision fastestFloats(Engine engine) {
    return engine.supports(Precision.BF16) ? Precision.BF16 : Precision.FP32;
  }

  /**
   * Says why no engine trains in a precision.
   *
   * @param precision the requested precision
   * @return the reason; empty where training is possible
   */
  public static Optional<String> trainingRefusal(Precision precision) {
    return precision == Precision.INT8
        ? Optional.of("training computes in fp32 or bf16, not in int8")
        : Optional.empty();
  }

  /**
   * Says why no engine computes the gradient of the images in a precision.
   *
   * @param precision the requested precision
   * @return the reason; empty where gradients are possible
   */
  public static Optional<String> gradientRefusal(Precision precision) {
    return precision == Precision.INT8
        ? Optional.of("gradients of the images are computed in fp32 or bf16, not in int8")
        : Optional.empty();
  }

  /**
   * Says why no engine runs a model in a precision.
   *
   * @param precision the requested precision
   * @param quantized whether the model has a {@link Quantization}
   * @return the reason; empty where inference is possible
   */
  public static Optional<String> inferenceRefusal(Precision precision, boolean quantized) {
    return precision == Precision.INT8 && !quantized
        ? Optional.of("the model is not quantized, so it cannot compute in int8")
        : Optional.empty();
  }

  /**
   * Says why an engine does not compute in a precision on this machine.
   *
   * @param engine the engine
   * @param precision the requested precision
   * @return the reason; empty where the engine supports the precision
   */
  public static Optional<String> engineRefusal(Engine engine, Precision precision) {
    return engine.supports(precision)
        ? Optional.empty()
        : Optional.of(engine.description() + " does not compute in " + precision);
  }
}
