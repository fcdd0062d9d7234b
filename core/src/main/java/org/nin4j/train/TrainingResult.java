package org.nin4j.train;

import java.util.List;
import java.util.Optional;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.io.Model;

/**
 * The result of a training.
 *
 * @param model the model, with the weights after the last step
 * @param history the metrics of each completed epoch, including those before a training was resumed
 * @param evaluation the results of the last evaluation, on the test images or, if they were not
 *     used yet, on the validation images; empty if no epoch was completed since the training was
 *     started or resumed
 * @param interrupted whether the training was stopped before the end of its last epoch
 * @param profile where the time was spent, without the steps before a training was resumed
 */
public record TrainingResult(
    Model model,
    List<EpochMetrics> history,
    Optional<Evaluation> evaluation,
    boolean interrupted,
    TrainingProfile profile) {
  /**
   * Creates a result.
   *
   * @param model the model, with the weights after the last step
   * @param history the metrics of each completed epoch
   * @param evaluation the results of the last evaluation, if there was one
   * @param interrupted whether the training was stopped before the end of its last epoch
   * @param profile where the time was spent
   */
  public TrainingResult {
    history = List.copyOf(history);
  }
}
