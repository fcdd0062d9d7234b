package org.nin4j.train;

import java.util.List;
import java.util.Map;
import org.nin4j.engine.Weights;
import org.nin4j.train.schedule.ScheduleState;

/**
 * Everything that a training needs to resume and arrive at the same bits as one that was never
 * interrupted.
 *
 * @param setup what identifies the training
 * @param weights the weights after the last step
 * @param moments the optimizer's moments by name, as {@link Optimizer#moments()} returns them
 * @param optimizerSteps number of steps that the optimizer has done
 * @param schedule the state of the learning rate schedule
 * @param history the metrics of each completed epoch, in order
 * @param epoch the sums over the current epoch so far
 */
public record Checkpoint(
    TrainingSetup setup,
    Weights weights,
    Map<String, Weights> moments,
    long optimizerSteps,
    ScheduleState schedule,
    List<EpochMetrics> history,
    EpochSums epoch) {

  /**
   * Creates a checkpoint. The weights and moments are not copied.
   *
   * @param setup what identifies the training
   * @param weights the weights after the last step
   * @param moments the optimizer's moments by name
   * @param optimizerSteps number of steps that the optimizer has done
   * @param schedule the state of the learning rate schedule
   * @param history the metrics of each completed epoch, in order
   * @param epoch the sums over the current epoch so far
   */
  public Checkpoint {
    moments = Map.copyOf(moments);
    history = List.copyOf(history);
  }

  /**
   * Sums over the steps of an epoch so far.
   *
   * @param steps number of steps done in the epoch
   * @param lossSum sum, not mean, of the loss over the images
   * @param correct number of images that were classified correctly
   * @param images number of images seen in the epoch
   */
  public record EpochSums(int steps, double lossSum, long correct, long images) {
    /** The sums at the start of an epoch: all zero. */
    public static final EpochSums NONE = new EpochSums(0, 0, 0, 0);
  }
}
