package org.nin4j.train;

import org.nin4j.engine.Weights;

/** The steps of a training, wherever they are computed. For use by one thread. */
interface TrainingSteps extends AutoCloseable {
  /** Loads weights before the first step. */
  void load(Weights weights);

  /**
   * Begins an epoch, or goes on with one.
   *
   * @param epoch index of the epoch, from 0
   * @param firstStep index of the first step to compute, from 0
   */
  void beginEpoch(int epoch, int firstStep);

  /** Computes the loss and the gradients of the next step of the epoch. */
  StepRunner.Result compute();

  /** Ends the epoch, also in the middle. */
  void endEpoch();

  /** Returns the gradients of the last step; not a copy. */
  Weights gradients();

  /** Updates weights from the gradients of the last step, as {@link StepRunner#update} does. */
  void update(Weights weights, Optimizer optimizer, double learningRate, float gradientScale);

  StepTimes times();

  /** Returns where the time of the steps so far was spent. */
  TrainingProfile profile();

  @Override
  void close();
}
