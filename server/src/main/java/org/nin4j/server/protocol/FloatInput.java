package org.nin4j.server.protocol;

import java.util.OptionalInt;
import org.nin4j.Classifier;

/**
 * Images that are preprocessed already, from JSON.
 *
 * @param count N
 * @param perImage C x H x W
 * @param values (N, C, H, W), finite; the array may be longer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FloatInput(int count, int perImage, float[] values) implements InferenceInput {
  @Override
  public void logits(Classifier classifier, int image, float[] logits) {
    int classes = logits.length / count;
    classifier.logits(values, image * perImage, logits, image * classes);
  }

  @Override
  public OptionalInt firstNotFinite() {
    return OptionalInt.empty();
  }
}
