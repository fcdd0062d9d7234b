package org.nin4j.spark;

import org.nin4j.Classifier;
import org.nin4j.data.DecodedImage;
import org.nin4j.internal.Softmax;

/** A classifier with arrays for one image at a time; for one thread. */
final class RowClassifier {
  private final Classifier classifier;
  private final float[] logits;
  private final float[] probabilities;

  RowClassifier(Classifier classifier) {
    this.classifier = classifier;
    logits = new float[classifier.model().classes().size()];
    probabilities = new float[logits.length];
  }

  /** The number of channels of the images that the model takes. */
  int channels() {
    return classifier.model().preprocessing().channels();
  }

  /** Classifies an image, and returns the index of its class. */
  int classify(DecodedImage image) {
    classifier.logits(image.pixels(), image.channels(), image.height(), image.width(), logits);
    return Softmax.probabilities(logits, probabilities, logits.length);
  }

  /** The logits of the image that was classified last. */
  float[] logits() {
    return logits;
  }

  /** The probabilities of the image that was classified last. */
  float[] probabilities() {
    return probabilities;
  }
}
