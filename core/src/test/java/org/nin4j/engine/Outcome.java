package org.nin4j.engine;

import java.util.Arrays;

/** All outputs of a training step and an inference run of a {@link Trial}. */
public final class Outcome {
  public final float[] logits;
  public final Weights gradients;
  public final float[] imagesGradient;
  public final Weights weightsAfter;
  public final float[] inferenceLogits;

  Outcome(
      float[] logits,
      Weights gradients,
      float[] imagesGradient,
      Weights weightsAfter,
      float[] inferenceLogits) {
    this.logits = logits;
    this.gradients = gradients;
    this.imagesGradient = imagesGradient;
    this.weightsAfter = weightsAfter;
    this.inferenceLogits = inferenceLogits;
  }

  public boolean sameBits(Outcome other) {
    return Arrays.compare(logits, other.logits) == 0
        && Arrays.compare(imagesGradient, other.imagesGradient) == 0
        && Arrays.compare(inferenceLogits, other.inferenceLogits) == 0
        && WeightsBits.sameBits(gradients, other.gradients)
        && WeightsBits.sameBits(weightsAfter, other.weightsAfter);
  }
}
