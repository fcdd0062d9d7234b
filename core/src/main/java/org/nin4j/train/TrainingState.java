package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.Weights;
import org.nin4j.train.Checkpoint.EpochSums;

/** All that a training remembers from one step to the next; a checkpoint holds just this. */
final class TrainingState {
  final Weights weights;
  final Optimizer optimizer;
  final List<EpochMetrics> history = new ArrayList<>();
  ScheduleState schedule = ScheduleState.INITIAL;

  /** Of the epoch under way. */
  EpochSums sums = EpochSums.NONE;

  TrainingState(Weights weights, Optimizer optimizer) {
    this.weights = weights;
    this.optimizer = optimizer;
  }

  /** Number of epochs done. */
  int epoch() {
    return history.size();
  }

  /** Number of steps done in the epoch under way. */
  int steps() {
    return sums.steps();
  }

  /** Mean loss of the epoch under way, over its images so far. */
  double meanLoss() {
    return sums.lossSum() / sums.images();
  }

  /** Part of the images of the epoch under way that were classified correctly, 0 to 1. */
  double accuracy() {
    return (double) sums.correct() / sums.images();
  }

  void add(StepRunner.Result step, int images) {
    sums =
        new EpochSums(
            sums.steps() + 1,
            sums.lossSum() + step.lossSum(),
            sums.correct() + step.correct(),
            sums.images() + images);
  }

  void finishEpoch(EpochMetrics metrics, ScheduleState next) {
    history.add(metrics);
    schedule = next;
    sums = EpochSums.NONE;
  }

  /** This state, not a copy. */
  Checkpoint checkpoint(TrainingSetup setup) {
    return new Checkpoint(
        setup, weights, optimizer.moments(), optimizer.steps(), schedule, history, sums);
  }

  /** Brings a fresh state to where a checkpoint of the same setup left it. */
  void restore(Checkpoint checkpoint) {
    weights.set(checkpoint.weights());
    for (Map.Entry<String, Weights> moments : optimizer.moments().entrySet()) {
      moments.getValue().set(checkpoint.moments().get(moments.getKey()));
    }
    optimizer.resumeAt(checkpoint.optimizerSteps());
    schedule = checkpoint.schedule();
    history.clear();
    history.addAll(checkpoint.history());
    sums = checkpoint.epoch();
  }

  /**
   * What is saved must be something to continue from. A loss that is a number does not guarantee
   * that: the last update has not gone into it, and a ReLU can hide a NaN.
   *
   * @throws TrainingException when a weight or a moment is no longer a number
   */
  void requireNumbers() {
    requireNumbers("weight ", weights);
    optimizer.moments().forEach((kind, moments) -> requireNumbers(kind + " of ", moments));
  }

  private void requireNumbers(String what, Weights numbers) {
    String after =
        steps() == 0
            ? " after epoch " + epoch()
            : " in epoch " + (epoch() + 1) + ", step " + steps();
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
}
