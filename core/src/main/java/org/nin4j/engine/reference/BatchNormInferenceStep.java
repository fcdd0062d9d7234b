package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.Shape;

/** BatchNorm2d in inference: weight * (x - running mean) / sqrt(running var + eps) + bias. */
final class BatchNormInferenceStep implements ForwardStep {
  private final BatchNorm2d layer;
  private final LayerParameters parameters;
  private final int plane;

  /**
   * @param in (N, C, H, W)
   */
  BatchNormInferenceStep(BatchNorm2d layer, LayerParameters parameters, Shape in) {
    this.layer = layer;
    this.parameters = parameters;
    this.plane = in.height() * in.width();
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    float[] weight = parameters.of(weights, Role.NORM_SCALE);
    float[] bias = parameters.of(weights, Role.NORM_SHIFT);
    float[] mean = parameters.of(weights, Role.RUNNING_MEAN);
    float[] variance = parameters.of(weights, Role.RUNNING_VARIANCE);
    for (int c = 0; c < layer.features(); c++) {
      double factor = weight[c] / Math.sqrt((double) variance[c] + layer.eps());
      for (int n = 0; n < count; n++) {
        int map = (n * layer.features() + c) * plane;
        for (int i = map; i < map + plane; i++) {
          dst[i] = (float) (((double) src[i] - mean[c]) * factor + bias[c]);
        }
      }
    }
  }
}
