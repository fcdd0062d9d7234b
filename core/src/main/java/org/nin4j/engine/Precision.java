package org.nin4j.engine;

import java.util.Locale;

/**
 * The arithmetic of a plan. Weights outside a plan, gradients of weights, logits and loss are
 * always 32-bit floats.
 */
public enum Precision {
  /** 32-bit floats throughout. */
  FP32,
  /** Activations, their gradients and a copy of the weights in bfloat16; sums in 32 bits. */
  BF16,
  /**
   * Activations and weights of Conv2d and Linear in 8-bit integers, sums in 32 bits; for inference
   * with a {@link Quantization}.
   */
  INT8;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
