package org.nin4j.cli;

/** The precisions that a person may ask for. */
enum PrecisionChoice {
  /** The fastest that the processor computes. */
  AUTO,
  FP32,
  BF16,
  /** For quantized models. */
  INT8
}
