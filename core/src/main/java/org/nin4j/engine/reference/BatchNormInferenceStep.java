package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.Shape;

/** BatchNorm2d in inference: weight * (x - running mean) / sqrt(running var + eps) + bias. */
class BatchNormInferenceStep implements ForwardStep {
  final BatchNorm2d layer;
  final int plane; // H W
  private final LayerParameters parameters;

  /**
   * @param in (N, C, H, W)
   */
  BatchNormInferenceStep(BatchNorm2d layer, LayerParameters parameters, Shape in) {
    this.layer = layer;
    this.parameters = parameters;
    this.plane = in.height() * in.width();
  }

  @Override
  public final void forward(Weights weights, int count, float[] src, float[] dst) {
    float[] bias = parameters.of(weights, Role.NORM_SHIFT);
    float[] mean = parameters.of(weights, Role.RUNNING_MEAN);
    for (int c = 0; c < layer.features(); c++) {
      double factor = factor(weights, c);
      for (int n = 0; n < count; n++) {
        int map = (n * layer.features() + c) * plane;
        for (int i = map; i < map + plane; i++) {
          dst[i] = (float) (((double) src[i] - mean[c]) * factor + bias[c]);
        }
      }
    }
  }

  /** What a channel is multiplied with: weight / sqrt(running var + eps). */
  final double factor(Weights weights, int c) {
    double variance = parameters.of(weights, Role.RUNNING_VARIANCE)[c];
    return parameters.of(weights, Role.NORM_SCALE)[c] / Math.sqrt(variance + layer.eps());
  }
}
