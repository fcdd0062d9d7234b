package org.nin4j.train;

import java.util.List;

/**
 * What happens in a training, as values. The order is: {@link Started}; for each epoch {@link
 * StepDone} after each step, {@link CheckpointSaved} where checkpoints are kept, {@link EpochDone};
 * at last {@link Ended} or {@link Failed}. {@link Warning} may come at any time, even before {@code
 * Started}.
 */
public sealed interface TrainingEvent {
  /**
   * The training is about to do its first step.
   *
   * @param setup all that identifies the training
   * @param engine what computes, as {@link org.nin4j.engine.Engine#description()} says it
   * @param history epochs done before, when a training is resumed
   */
  record Started(TrainingSetup setup, String engine, List<EpochMetrics> history)
      implements TrainingEvent {
    public Started {
      history = List.copyOf(history);
    }
  }

  /**
   * A step has been done.
   *
   * @param progress how far the training is
   */
  record StepDone(Progress progress) implements TrainingEvent {}

  /**
   * An epoch has been done and its model has been tested.
   *
   * @param history one entry for each epoch so far, the last one for the epoch just done
   */
  record EpochDone(List<EpochMetrics> history) implements TrainingEvent {
    public EpochDone {
      history = List.copyOf(history);
    }

    /** Returns the metrics of the epoch just done. */
    public EpochMetrics metrics() {
      return history.get(history.size() - 1);
    }
  }

  /**
   * A checkpoint has been saved; a training that is killed now continues from here.
   *
   * @param epochs number of epochs done
   * @param steps number of steps done in the epoch after them
   */
  record CheckpointSaved(int epochs, int steps) implements TrainingEvent {}

  /**
   * Something has happened that the user should know, and that does not stop the training.
   *
   * @param message one sentence
   */
  record Warning(String message) implements TrainingEvent {}

  /**
   * The training has ended: after its last epoch, or because it was asked to stop.
   *
   * @param result what it leaves
   */
  record Ended(TrainingResult result) implements TrainingEvent {
    /** Returns whether the training was stopped before the end of its last epoch. */
    public boolean interrupted() {
      return result.interrupted();
    }
  }

  /**
   * The training could not go on.
   *
   * @param cause what {@link Training#run} is about to throw
   */
  record Failed(Throwable cause) implements TrainingEvent {}
}
