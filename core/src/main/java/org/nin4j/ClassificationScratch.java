package org.nin4j;

import org.nin4j.data.ImagePreprocessor;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.internal.Softmax;
import org.nin4j.io.Model;

/** What one thread at a time needs to classify images; nothing is allocated for a size seen. */
final class ClassificationScratch implements AutoCloseable {
  private final ImagePreprocessor preprocessor;
  private final float[] input; // (C, H, W)
  private final float[] logits; // (classes)
  private final float[] probabilities; // (classes)

  ClassificationScratch(Model model) {
    preprocessor = new ImagePreprocessor(model.preprocessing());
    input = new float[Math.toIntExact(model.network().input().elements())];
    logits = new float[model.network().classes()];
    probabilities = new float[logits.length];
  }

  /** An array for the probability of each class. */
  float[] probabilities() {
    return probabilities;
  }

  /**
   * Classifies an image.
   *
   * @param target receives the probability of each class
   * @return index of the most probable class
   */
  int classify(
      InferenceReplicas replicas,
      byte[] pixels,
      int channels,
      int height,
      int width,
      float[] target) {
    logits(replicas, pixels, channels, height, width, logits);
    return Softmax.probabilities(logits, target, logits.length);
  }

  /**
   * Computes the logits of an image.
   *
   * @param target receives the logit of each class
   */
  void logits(
      InferenceReplicas replicas,
      byte[] pixels,
      int channels,
      int height,
      int width,
      float[] target) {
    preprocessor.apply(pixels, channels, height, width, input, 0);
    replicas.run(input, 0, 1, target, 0);
  }

  @Override
  public void close() {}
}
