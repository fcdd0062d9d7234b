package org.nin4j.train;

import java.io.IOException;
import java.util.List;

/** Watches a training, on its thread. */
public interface TrainingListener {
  /**
   * Before the first step.
   *
   * @param history epochs done before, when a training is resumed
   */
  default void onStart(List<EpochMetrics> history) throws IOException {}

  /** After each step. */
  default void onBatch(Progress progress) {}

  /** After each epoch and its test. */
  default void onEpoch(List<EpochMetrics> history) throws IOException {}

  /** Something that the user should know, and that does not stop the training. */
  default void onWarning(String message) {}
}
