package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;

/**
 * Leaves the numbers as they are: Flatten, whose input is already in its output's order, and
 * Dropout in inference.
 */
final class CopyStep implements TrainingStep {
  private final int values;

  /**
   * @param values of one image
   */
  CopyStep(int values) {
    this.values = values;
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    System.arraycopy(src, 0, dst, 0, count * values);
  }

  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    System.arraycopy(diffDst, 0, diffSrc, 0, count * values);
  }
}
