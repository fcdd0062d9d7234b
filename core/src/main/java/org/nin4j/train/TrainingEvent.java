package org.nin4j.train;

import java.util.List;
import org.nin4j.data.FilesLeftOut;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.io.Model;

/**
 * An event of a training. The order is: {@link Started}; a {@link ModelImproved} if the training is
 * resumed right after its best epoch, which may have been published before; for each epoch a {@link
 * StepDone} after each step, a {@link CheckpointSaved} if the training has a store, an {@link
 * EpochDone}, and a {@link ModelImproved} if the epoch has the best validation score so far;
 * finally {@link Ended} or {@link Failed}. A {@link Warning} may occur at any time, even before
 * {@code Started}.
 */
public sealed interface TrainingEvent {
  /**
   * The training is about to do its first step.
   *
   * @param setup what identifies the training
   * @param engine the engine that computes, as {@link org.nin4j.engine.Engine#description()}
   *     describes it
   * @param images how many images the data set has
   * @param leftOut the files of the data set that are not among its images
   * @param history the metrics of the epochs before, when a training is resumed; otherwise empty
   * @param steps number of steps done before, in those epochs and in the one after them, when a
   *     training is resumed; otherwise 0
   */
  record Started(
      TrainingSetup setup,
      String engine,
      ImageCounts images,
      FilesLeftOut leftOut,
      List<EpochMetrics> history,
      long steps)
      implements TrainingEvent {
    /**
     * Creates an event.
     *
     * @param setup what identifies the training
     * @param engine the description of the engine that computes
     * @param images how many images the data set has
     * @param leftOut the files of the data set that are not among its images
     * @param history the metrics of the epochs before
     * @param steps number of steps done before, at least 0
     */
    public Started {
      history = List.copyOf(history);
    }
  }

  /**
   * A step has been done.
   *
   * @param progress the progress after the step
   * @param loss mean loss of the images of this step
   * @param learningRate the learning rate of this step, before the factors of parameter groups
   * @param gradientNorm the Euclidean norm of the gradient of all parameters, before clipping
   */
  record StepDone(Progress progress, double loss, double learningRate, double gradientNorm)
      implements TrainingEvent {}

  /**
   * An epoch has been completed, and the model has been tested.
   *
   * @param history the metrics of each epoch so far; the last entry is of the epoch just completed
   * @param evaluation the results on the test images if they were used after this epoch, else on
   *     the validation images
   * @param model the model after this epoch
   */
  record EpochDone(List<EpochMetrics> history, Evaluation evaluation, Model model)
      implements TrainingEvent {
    /**
     * Creates an event.
     *
     * @param history the metrics of each epoch so far, at least one
     * @param evaluation the results of the evaluation after the epoch
     * @param model the model after the epoch
     */
    public EpochDone {
      history = List.copyOf(history);
    }

    /**
     * Returns the metrics of the epoch just completed.
     *
     * @return the last entry of the history
     */
    public EpochMetrics metrics() {
      return history.get(history.size() - 1);
    }
  }

  /**
   * The epoch just completed has the best validation score so far: the highest accuracy, or the
   * same accuracy with a lower loss. Without validation images there is no such event.
   *
   * @param history the metrics of each epoch so far; the last entry is of the epoch just completed
   * @param model the model after that epoch
   */
  record ModelImproved(List<EpochMetrics> history, Model model) implements TrainingEvent {
    /**
     * Creates an event.
     *
     * @param history the metrics of each epoch so far, at least one
     * @param model the model after the last of them
     */
    public ModelImproved {
      history = List.copyOf(history);
    }
  }

  /**
   * A checkpoint has been saved. A training that is killed now can be resumed from here.
   *
   * @param epochs number of completed epochs
   * @param steps number of steps done in the epoch after these
   */
  record CheckpointSaved(int epochs, int steps) implements TrainingEvent {}

  /**
   * Something that the user should know has happened, but the training continues.
   *
   * @param message one sentence that says what has happened
   */
  record Warning(String message) implements TrainingEvent {}

  /**
   * The training has ended, after its last epoch or because it was stopped.
   *
   * @param result the model and the metrics of each epoch
   */
  record Ended(TrainingResult result) implements TrainingEvent {
    /**
     * Returns whether the training was stopped before the end of its last epoch.
     *
     * @return true if the training can be resumed
     */
    public boolean interrupted() {
      return result.interrupted();
    }
  }

  /**
   * The training has failed.
   *
   * @param cause the exception that {@link Training#run} is about to throw
   */
  record Failed(Throwable cause) implements TrainingEvent {}
}
