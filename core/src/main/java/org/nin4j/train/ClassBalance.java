package org.nin4j.train;

import java.util.Arrays;
import java.util.Locale;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Sampling;

/** What a training does about classes that have different numbers of images. */
public enum ClassBalance {
  /** Nothing: each image counts the same. */
  NONE,
  /**
   * The loss of an image is weighted by its class: with n images of which n_c are of class c, among
   * k classes, the weight is n / (k * n_c), as in scikit-learn's {@code class_weight="balanced"}.
   */
  LOSS,
  /**
   * In each epoch, all classes are drawn equally often: images of a rare class are repeated, and
   * some of a frequent class are left out in turn.
   */
  SAMPLING;

  /**
   * Returns the weights of the classes in the loss.
   *
   * @param images the training images
   * @return a weight for each class; null if all are 1. A class without images has weight 0
   */
  double[] weights(ImageDataset images) {
    if (this != LOSS) {
      return null;
    }
    long[] counts = new long[images.classes().size()];
    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }
    return Arrays.stream(counts)
        .mapToDouble(count -> count == 0 ? 0 : images.size() / ((double) counts.length * count))
        .toArray();
  }

  /**
   * Returns how the images of an epoch are drawn.
   *
   * @return every image once in random order, or all classes equally often
   */
  public Sampling sampling() {
    return this == SAMPLING ? Sampling.BALANCED : Sampling.SHUFFLED;
  }

  /** Returns the name that recipes use, such as {@code sampling}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
