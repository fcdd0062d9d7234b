package org.nin4j.engine;

/** What the backward pass of a training plan computes. */
public enum Gradients {
  /** Gradients of the parameters only: what training needs. */
  OF_PARAMETERS,
  /** Those of the input images too: what checks and explanations need. */
  OF_PARAMETERS_AND_INPUT
}
