package org.nin4j.evaluate;

import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.nn.Shape;

/**
 * Computes the logits of images, averaged over each image and its mirror image: (logits(image) +
 * logits(mirror image)) / 2. Different images of a batch may be computed by different threads at
 * the same time.
 */
final class MirroredLogits {
  private final InferenceReplicas replicas;
  private final int width;
  private final int perImage;
  private final int classes;

  /** The mirror images of a batch, (N, C, H, W). */
  private final float[] mirrored;

  /** Their logits, (N, classes). */
  private final float[] mirroredLogits;

  /**
   * Creates the buffers.
   *
   * @param input shape of an image, (1, C, H, W)
   * @param batch largest number of images in a batch
   */
  MirroredLogits(InferenceReplicas replicas, Shape input, int batch, int classes) {
    this.replicas = replicas;
    this.classes = classes;
    width = input.width();
    perImage = Math.toIntExact(input.elements());
    mirrored = new float[batch * perImage];
    mirroredLogits = new float[batch * classes];
  }

  /**
   * Computes the logits of one image.
   *
   * @param images (N, C, H, W)
   * @param image index of the image in its batch
   * @param logits receives the mean at the index of the image, (N, classes)
   */
  void run(float[] images, int image, float[] logits) {
    int begin = image * perImage;
    for (int row = begin; row < begin + perImage; row += width) {
      for (int x = 0; x < width; x++) {
        mirrored[row + x] = images[row + width - 1 - x];
      }
    }
    int first = image * classes;
    replicas.run(images, begin, 1, logits, first);
    replicas.run(mirrored, begin, 1, mirroredLogits, first);
    for (int c = first; c < first + classes; c++) {
      logits[c] = (logits[c] + mirroredLogits[c]) / 2;
    }
  }
}
