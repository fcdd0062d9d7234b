package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.Weights;

/** All that a training remembers from one step to the next; a checkpoint holds just this. */
final class TrainingState {
  final Weights weights;
  final Optimizer optimizer;
  final List<EpochMetrics> history = new ArrayList<>();

  /** Steps done in the epoch under way. */
  int batch;

  /** Of the epoch under way, over its images so far. */
  double lossSum;

  long correct;
  long images;

  TrainingState(Weights weights, Optimizer optimizer) {
    this.weights = weights;
    this.optimizer = optimizer;
  }

  /** Epochs done. */
  int epoch() {
    return history.size();
  }

  /**
   * What is saved must be something to go on from. A loss that is a number does not say that: the
   * last update has not gone into it, and a ReLU can hide a NaN.
   *
   * @throws TrainingException when a weight or a moment is no longer a number
   */
  void requireNumbers() {
    requireNumbers("weight ", weights);
    optimizer.moments().forEach((kind, moments) -> requireNumbers(kind + " of ", moments));
  }

  private void requireNumbers(String what, Weights numbers) {
    String after =
        batch == 0 ? " after epoch " + epoch() : " in epoch " + (epoch() + 1) + ", step " + batch;
    numbers
        .firstNonFinite()
        .ifPresent(
            sentence -> {
              throw diverged(what + sentence + after);
            });
  }

  /** To throw when numbers have grown beyond all bounds. */
  TrainingException diverged(String symptom) {
    return new TrainingException(
        symptom
            + ": the training diverged; "
            + (history.isEmpty() ? "" : "checkpoints of earlier epochs are kept; ")
            + "try a lower learning rate");
  }

  void finishEpoch(EpochMetrics metrics) {
    history.add(metrics);
    batch = 0;
    lossSum = 0;
    correct = 0;
    images = 0;
  }
}
