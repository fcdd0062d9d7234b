package org.nin4j.engine.reference;

import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Weights;

/** Dropout in training: every value, and its gradient, times its value in the mask. */
final class DropoutStep implements TrainingStep {
  private final int layer;
  private final float p;
  private final int values;
  private final float[] mask; // (batch, values)

  /**
   * @param layer index among the network's Dropout layers, from 0
   * @param values of one image
   */
  DropoutStep(int layer, float p, int batch, int values) {
    this.layer = layer;
    this.p = p;
    this.values = values;
    this.mask = new float[Math.multiplyExact(batch, values)];
  }

  /** A new mask for the next forward pass and its backward pass. */
  void draw(DropoutMasks masks, int count) {
    for (int image = 0; image < count; image++) {
      masks.fill(layer, p, image, mask, image * values, values);
    }
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    multiplyByMask(count, src, dst);
  }

  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    multiplyByMask(count, diffDst, diffSrc);
  }

  private void multiplyByMask(int count, float[] from, float[] to) {
    for (int i = 0; i < count * values; i++) {
      to[i] = from[i] * mask[i];
    }
  }
}
