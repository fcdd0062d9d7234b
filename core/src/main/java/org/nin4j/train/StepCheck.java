package org.nin4j.train;

import org.nin4j.engine.Weights;

/** Looks at each step before its update, and ends a training that cannot succeed. */
@FunctionalInterface
interface StepCheck {
  /**
   * Looks at a step.
   *
   * @throws TrainingException when the training cannot go on; the message says what to do
   */
  void check(Step step);

  /**
   * A step whose gradients have been computed and not yet been used.
   *
   * @param epoch number of the epoch, from 1
   * @param number of the step in its epoch, from 1
   * @param loss mean over the batch
   * @param gradientNorm Euclidean norm of all gradients
   * @param gradients of the batch; not a copy
   */
  record Step(int epoch, int number, double loss, double gradientNorm, Weights gradients) {}
}
