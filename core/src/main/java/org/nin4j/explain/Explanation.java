package org.nin4j.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nin4j.Prediction;
import org.nin4j.data.ImageRegion;

/**
 * Why a model gives a class to an image.
 *
 * @param scores the logit and the probability of each class, in the order of the model's classes
 * @param label index of the class that is explained, from 0
 * @param method how it is explained
 * @param reason a sentence that says which method was used, and why
 * @param heatMap what speaks for the class and against it, and where
 * @param classMaps the class maps at the network's own input size; empty for a network without them
 * @param region the part of the image that the network saw, over which the maps lie
 */
public record Explanation(
    List<ClassScore> scores,
    int label,
    ExplanationMethod method,
    String reason,
    HeatMap heatMap,
    Optional<ClassMaps> classMaps,
    ImageRegion region) {
  /**
   * Copies the scores.
   *
   * @param scores the logit and the probability of each class, in the order of the model's classes
   * @param label index of the class that is explained, from 0
   * @param method how it is explained
   * @param reason a sentence that says which method was used, and why
   * @param heatMap what speaks for the class and against it, and where
   * @param classMaps the class maps at the network's own input size; empty for a network without
   *     them
   * @param region the part of the image that the network saw, over which the maps lie
   * @throws IndexOutOfBoundsException when there is no such class
   */
  public Explanation {
    scores = List.copyOf(scores);
    Objects.checkIndex(label, scores.size());
  }

  /** {@return the score of the class that is explained} */
  public ClassScore score() {
    return scores.get(label);
  }

  /** {@return how the model ranks the classes} */
  public Prediction prediction() {
    return new Prediction(
        scores.stream()
            .map(score -> new Prediction.Ranked(score.label(), score.probability()))
            .sorted(Comparator.comparing(Prediction.Ranked::probability).reversed())
            .toList());
  }
}
