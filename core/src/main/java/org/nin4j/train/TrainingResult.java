package org.nin4j.train;

import java.util.List;
import org.nin4j.io.Model;

/**
 * What a training leaves.
 *
 * @param model with the weights of the last step
 * @param history one entry for each epoch that was finished
 * @param interrupted whether it was stopped before the last epoch's end
 * @param profile where the time of the steps went, of those that this training did itself
 */
public record TrainingResult(
    Model model, List<EpochMetrics> history, boolean interrupted, TrainingProfile profile) {
  public TrainingResult {
    history = List.copyOf(history);
  }
}
