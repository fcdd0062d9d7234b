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

  void finishEpoch(EpochMetrics metrics) {
    history.add(metrics);
    batch = 0;
    lossSum = 0;
    correct = 0;
    images = 0;
  }
}
