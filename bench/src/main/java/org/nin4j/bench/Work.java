package org.nin4j.bench;

/** What is timed. */
public enum Work {
  /** Forward pass, backward pass and an update by SGD with momentum. */
  TRAINING,
  /** From images in memory to logits in memory. */
  INFERENCE
}
