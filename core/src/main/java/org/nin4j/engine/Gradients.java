package org.nin4j.engine;

/** What the backward pass of a training plan computes. */
public enum Gradients {
  /** The gradients of the parameters only, which is what training needs. */
  OF_PARAMETERS,
  /**
   * The gradients of the parameters and of the input images, which checks of the backward pass
   * need. Explanations take the images' gradient from a {@link GradientPlan}.
   */
  OF_PARAMETERS_AND_INPUT
}
