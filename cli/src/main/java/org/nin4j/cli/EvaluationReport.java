package org.nin4j.cli;

import java.util.Optional;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.McNemar;
import org.nin4j.evaluate.TestTimeAugmentation;

/**
 * What {@code nin eval} prints.
 *
 * @param model the file or the name of the model
 * @param data the name of the data set
 * @param augmentation the views of each image, which are mentioned if there are several
 * @param evaluation how the model classified the images
 * @param against how another model classified the same images; empty without {@code --against}
 */
record EvaluationReport(
    String model,
    String data,
    TestTimeAugmentation augmentation,
    Evaluation evaluation,
    Optional<Against> against) {
  /** How often the printed intervals contain the value. */
  static final double CONFIDENCE = 0.95;

  /** The k of the top-k accuracy that is printed if there are more classes. */
  static final int TOP = 5;

  /**
   * Another model.
   *
   * @param model the file or the name of the model
   * @param evaluation how it classified the images
   */
  record Against(String model, Evaluation evaluation) {}

  /** Returns whether the top-k accuracy says something, which it does not for few classes. */
  boolean hasTop() {
    return evaluation.classes().size() > TOP;
  }

  /** Returns the comparison with the other model, which must be present. */
  McNemar comparison() {
    return McNemar.of(evaluation, against.orElseThrow().evaluation());
  }
}
