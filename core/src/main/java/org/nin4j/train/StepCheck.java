package org.nin4j.train;

import org.nin4j.engine.Weights;

/** Checks each step before its update, and ends a training that cannot succeed. */
@FunctionalInterface
interface StepCheck {
  /**
   * Checks a step.
   *
   * @throws TrainingException when the training cannot succeed; the message says what to do
   */
  void check(Step step);

  /**
   * A step whose gradients have been computed, but not yet used.
   *
   * @param epoch number of the epoch, from 1
   * @param number number of the step in its epoch, from 1
   * @param loss mean loss of the batch
   * @param gradientNorm Euclidean norm of all gradients together
   * @param gradients the gradients of the batch, not a copy
   */
  record Step(int epoch, int number, double loss, double gradientNorm, Weights gradients) {}
}
