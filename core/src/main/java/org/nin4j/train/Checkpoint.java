package org.nin4j.train;

import java.util.List;
import java.util.Map;
import org.nin4j.engine.Weights;

/**
 * All that a training needs to continue to the same bits.
 *
 * @param setup all that identifies the training
 * @param weights after the last step
 * @param moments of the optimizer, by name, as {@link Optimizer#moments()} has them
 * @param optimizerSteps number of steps that the optimizer has done
 * @param schedule what the schedule remembers
 * @param history one entry for each epoch done
 * @param epoch the sums of the epoch under way
 */
public record Checkpoint(
    TrainingSetup setup,
    Weights weights,
    Map<String, Weights> moments,
    long optimizerSteps,
    ScheduleState schedule,
    List<EpochMetrics> history,
    EpochSums epoch) {

  public Checkpoint {
    moments = Map.copyOf(moments);
    history = List.copyOf(history);
  }

  /**
   * The sums over the part of an epoch that has been done.
   *
   * @param steps number of steps done
   * @param lossSum sum, not mean, of the loss over the images
   * @param correct number of images that were classified correctly
   * @param images number of images seen
   */
  public record EpochSums(int steps, double lossSum, long correct, long images) {
    /** The sums at the beginning of an epoch. */
    public static final EpochSums NONE = new EpochSums(0, 0, 0, 0);
  }
}
