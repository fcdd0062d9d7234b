package org.nin4j;

import org.nin4j.data.ImageTransform;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.io.Model;

/** What one thread at a time needs to classify images; nothing is allocated for a size seen. */
final class ClassificationScratch implements AutoCloseable {
  private static final int SIZES = 8;

  private final Preprocessing preprocessing;
  private final float[] input; // (C, H, W)
  private final float[] logits; // (classes)
  private final float[] probabilities; // (classes)
  private final ImageTransform[] transforms = new ImageTransform[SIZES];
  private int nextTransform;

  ClassificationScratch(Model model) {
    preprocessing = model.preprocessing();
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
    transform(channels, height, width).apply(pixels, input, 0);
    replicas.run(input, 0, 1, logits, 0);
    return Softmax.of(logits, target, logits.length);
  }

  /** The last sizes are kept. */
  private ImageTransform transform(int channels, int height, int width) {
    for (ImageTransform transform : transforms) {
      if (transform != null && transform.isOf(channels, height, width)) {
        return transform;
      }
    }
    ImageTransform made = new ImageTransform(channels, height, width, preprocessing);
    transforms[nextTransform] = made;
    nextTransform = (nextTransform + 1) % SIZES;
    return made;
  }

  @Override
  public void close() {}
}
