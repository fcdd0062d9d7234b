package org.nin4j.engine;

import java.util.Arrays;

/** All outputs of a training step and of a run in inference mode of a {@link Trial}. */
public final class Outcome {
  public final float[] logits;
  public final Weights gradients;
  public final float[] imagesGradient;
  public final Weights weightsAfter;
  public final float[] inferenceLogits;
  public final float[] inferenceImagesGradient;

  Outcome(
      float[] logits,
      Weights gradients,
      float[] imagesGradient,
      Weights weightsAfter,
      float[] inferenceLogits,
      float[] inferenceImagesGradient) {
    this.logits = logits;
    this.gradients = gradients;
    this.imagesGradient = imagesGradient;
    this.weightsAfter = weightsAfter;
    this.inferenceLogits = inferenceLogits;
    this.inferenceImagesGradient = inferenceImagesGradient;
  }

  public boolean sameBits(Outcome other) {
    return Arrays.compare(logits, other.logits) == 0
        && Arrays.compare(imagesGradient, other.imagesGradient) == 0
        && Arrays.compare(inferenceLogits, other.inferenceLogits) == 0
        && Arrays.compare(inferenceImagesGradient, other.inferenceImagesGradient) == 0
        && WeightsBits.sameBits(gradients, other.gradients)
        && WeightsBits.sameBits(weightsAfter, other.weightsAfter);
  }
}
