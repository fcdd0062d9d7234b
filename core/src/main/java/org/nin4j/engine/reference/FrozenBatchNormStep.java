package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Shape;

/** BatchNorm2d with its running statistics and a backward pass: the affine map of inference. */
final class FrozenBatchNormStep extends BatchNormInferenceStep implements TrainingStep {
  /** As for inference. */
  FrozenBatchNormStep(BatchNorm2d layer, LayerParameters parameters, Shape in) {
    super(layer, parameters, in);
  }

  /** dx = weight / sqrt(running var + eps) * dy. */
  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    for (int c = 0; c < layer.features(); c++) {
      double factor = factor(weights, c);
      for (int n = 0; n < count; n++) {
        int map = (n * layer.features() + c) * plane;
        for (int i = map; i < map + plane; i++) {
          diffSrc[i] = (float) (diffDst[i] * factor);
        }
      }
    }
  }
}
