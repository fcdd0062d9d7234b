package org.nin4j.server.protocol;

import java.util.OptionalInt;
import org.nin4j.Classifier;

/** The images of a request, of which each becomes a row of logits. */
interface InferenceInput {
  /** N, at least 1. */
  int count();

  /**
   * Computes the logits of one image.
   *
   * @param image its index, from 0
   * @param logits receives the logits of all images, (N, classes)
   */
  void logits(Classifier classifier, int image, float[] logits);

  /**
   * Finds what no model can compute with.
   *
   * @return the index of the first NaN or infinity among all values
   */
  OptionalInt firstNotFinite();
}
