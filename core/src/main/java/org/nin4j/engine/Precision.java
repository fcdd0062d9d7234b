package org.nin4j.engine;

/**
 * The arithmetic of a plan. Weights outside a plan, gradients of weights, logits and loss are
 * always 32-bit floats.
 */
public enum Precision {
  /** 32-bit floats throughout. */
  FP32,
  /** Activations, their gradients and a copy of the weights in bfloat16; sums in 32 bits. */
  BF16;

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
