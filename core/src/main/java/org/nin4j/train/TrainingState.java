package org.nin4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.Weights;
import org.nin4j.train.Checkpoint.EpochSums;
import org.nin4j.train.schedule.ScheduleState;

/** Everything that a training keeps from one step to the next, and saves in a checkpoint. */
final class TrainingState {
  final Weights weights;
  final Optimizer optimizer;
  final List<EpochMetrics> history = new ArrayList<>();
  ScheduleState schedule = ScheduleState.INITIAL;

  /** The sums over the current epoch so far. */
  EpochSums sums = EpochSums.NONE;

  TrainingState(Weights weights, Optimizer optimizer) {
    this.weights = weights;
    this.optimizer = optimizer;
  }

  /** Returns the number of completed epochs, which is the index of the current epoch, from 0. */
  int epoch() {
    return history.size();
  }

  /** Returns the number of steps done in the current epoch. */
  int steps() {
    return sums.steps();
  }

  /** Returns the mean loss of the current epoch so far. */
  double meanLoss() {
    return sums.lossSum() / sums.images();
  }

  /** Returns the accuracy of the current epoch so far, 0 to 1. */
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

  /** Returns the weights to evaluate and save: the trained ones, or their moving average. */
  Weights evaluated() {
    return optimizer.evaluated(weights);
  }

  /** Returns a checkpoint of this state, which shares its weights and moments. */
  Checkpoint checkpoint(TrainingSetup setup) {
    return new Checkpoint(
        setup, weights, optimizer.moments(), optimizer.steps(), schedule, history, sums);
  }

  /** Restores the state from a checkpoint of the same setup. */
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
   * Requires that this state can be resumed from. A finite loss does not guarantee that: it was
   * computed before the last update, and a ReLU can hide a NaN.
   *
   * @throws TrainingException when a weight or a moment is no longer a finite number
   */
  void requireFinite() {
    requireFinite("weight ", weights);
    optimizer.moments().forEach((kind, moments) -> requireFinite(kind + " of ", moments));
  }

  private void requireFinite(String what, Weights numbers) {
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

  /** Returns the exception for a training whose numbers are no longer finite. */
  TrainingException diverged(String symptom) {
    return new TrainingException(
        symptom
            + ": the training diverged; "
            + (history.isEmpty() ? "" : "checkpoints of earlier epochs are kept; ")
            + "try a lower learning rate");
  }
}
