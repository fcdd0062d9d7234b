package org.nin4j.tracking.report;

import java.util.List;
import java.util.Optional;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.train.EpochMetrics;

/** Which images of a data set a report's evaluation is about. */
enum EvaluatedImages {
  VALIDATION("validation"),
  TEST("test");

  private final String text;

  EvaluatedImages(String text) {
    this.text = text;
  }

  /** Returns the part on which the last epoch was evaluated, the test images if it was both. */
  static Optional<EvaluatedImages> after(List<EpochMetrics> history) {
    return history.isEmpty()
        ? Optional.empty()
        : Optional.of(history.get(history.size() - 1).test().isPresent() ? TEST : VALIDATION);
  }

  /** Returns the images of the part, if the data set has them. */
  Optional<ImageDataset> of(DatasetSplits data) {
    return this == TEST ? data.test() : data.validation();
  }

  /** {@return the word for it} */
  @Override
  public String toString() {
    return text;
  }
}
