package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Shape;

/** BatchNorm2d in inference: weight * (x - running mean) / sqrt(running var + eps) + bias. */
final class BatchNormInferenceStep implements ForwardStep {
  private final BatchNorm2d layer;
  private final int place;
  private final int plane;

  /**
   * @param place of the weight among the network's parameters; bias, running mean and running
   *     variance follow
   * @param in (N, C, H, W)
   */
  BatchNormInferenceStep(BatchNorm2d layer, int place, Shape in) {
    this.layer = layer;
    this.place = place;
    this.plane = in.height() * in.width();
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    float[] weight = weights.values(place);
    float[] bias = weights.values(place + 1);
    float[] mean = weights.values(place + 2);
    float[] variance = weights.values(place + 3);
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
