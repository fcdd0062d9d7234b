package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;

/** max(x, 0); NaN stays NaN. The gradient at 0 is 0, as in PyTorch. */
final class ReluStep implements TrainingStep {
  private final int values;

  /**
   * @param values of one image
   */
  ReluStep(int values) {
    this.values = values;
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    for (int i = 0; i < count * values; i++) {
      dst[i] = src[i] <= 0 ? 0 : src[i];
    }
  }

  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    for (int i = 0; i < count * values; i++) {
      diffSrc[i] = src[i] <= 0 ? 0 : diffDst[i];
    }
  }
}
