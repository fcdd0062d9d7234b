package org.nin4j.engine;

import java.util.Locale;

/**
 * The arithmetic of a plan. Weights outside a plan, gradients of weights, logits and loss are
 * 32-bit floats in every precision.
 */
public enum Precision {
  /** 32-bit floats throughout. */
  FP32,
  /** Activations, their gradients and a copy of the weights in bfloat16; sums in 32-bit floats. */
  BF16,
  /**
   * Inputs and weights of Conv2d and Linear layers in 8-bit integers, sums in 32-bit integers; for
   * inference with a {@link Quantization}.
   */
  INT8;

  /**
   * {@return the name as the command line and model files write it: {@code fp32}, {@code bf16} or
   * {@code int8}}
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
