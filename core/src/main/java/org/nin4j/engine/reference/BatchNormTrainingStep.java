package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Shape;

/**
 * BatchNorm2d in training. With M = N H W values x of a channel: mean = sum(x) / M, var = sum((x -
 * mean)^2) / M, xhat = (x - mean) / sqrt(var + eps), y = weight * xhat + bias. The running variance
 * moves towards the unbiased var * M / (M - 1).
 */
final class BatchNormTrainingStep implements TrainingStep {
  private final BatchNorm2d layer;
  private final int place;
  private final int plane;
  private final double[] mean; // (C) of the last forward pass
  private final double[] scale; // (C) 1 / sqrt(var + eps) of the last forward pass
  private final double[] sumDiff; // (C) sum(dy) of the last backward pass
  private final double[] sumDiffNormal; // (C) sum(dy * xhat) of the last backward pass

  /**
   * @param place of the weight among the network's parameters; bias, running mean and running
   *     variance follow
   * @param in (N, C, H, W)
   */
  BatchNormTrainingStep(BatchNorm2d layer, int place, Shape in) {
    this.layer = layer;
    this.place = place;
    this.plane = in.height() * in.width();
    this.mean = new double[layer.features()];
    this.scale = new double[layer.features()];
    this.sumDiff = new double[layer.features()];
    this.sumDiffNormal = new double[layer.features()];
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    float[] weight = weights.values(place);
    float[] bias = weights.values(place + 1);
    for (int c = 0; c < layer.features(); c++) {
      double variance = measure(weights, count, src, c);
      scale[c] = 1 / Math.sqrt(variance + layer.eps());
      for (int n = 0; n < count; n++) {
        int map = (n * layer.features() + c) * plane;
        for (int i = map; i < map + plane; i++) {
          dst[i] = (float) (weight[c] * normal(src[i], c) + bias[c]);
        }
      }
    }
  }

  /** Sets the channel's mean, moves its running statistics and returns its biased variance. */
  private double measure(Weights weights, int count, float[] src, int c) {
    long values = (long) count * plane;
    double sum = 0;
    for (int n = 0; n < count; n++) {
      int map = (n * layer.features() + c) * plane;
      for (int i = map; i < map + plane; i++) {
        sum += src[i];
      }
    }
    mean[c] = sum / values;
    double squares = 0;
    for (int n = 0; n < count; n++) {
      int map = (n * layer.features() + c) * plane;
      for (int i = map; i < map + plane; i++) {
        squares += (src[i] - mean[c]) * (src[i] - mean[c]);
      }
    }
    move(weights.values(place + 2), c, mean[c]);
    move(weights.values(place + 3), c, squares / (values - 1));
    return squares / values;
  }

  private void move(float[] running, int c, double target) {
    running[c] = (float) (running[c] + layer.momentum() * (target - running[c]));
  }

  private double normal(float x, int c) {
    return (x - mean[c]) * scale[c];
  }

  @Override
  public void backwardWeights(Weights gradients, int count, float[] src, float[] diffDst) {
    for (int c = 0; c < layer.features(); c++) {
      sumDiff[c] = 0;
      sumDiffNormal[c] = 0;
      for (int n = 0; n < count; n++) {
        int map = (n * layer.features() + c) * plane;
        for (int i = map; i < map + plane; i++) {
          sumDiff[c] += diffDst[i];
          sumDiffNormal[c] += diffDst[i] * normal(src[i], c);
        }
      }
      gradients.values(place)[c] = (float) sumDiffNormal[c];
      gradients.values(place + 1)[c] = (float) sumDiff[c];
    }
  }

  /**
   * dx = weight * scale * (dy - mean(dy) - xhat * mean(dy * xhat)): x acts through the channel's
   * mean and variance too.
   */
  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    float[] weight = weights.values(place);
    double values = (double) count * plane;
    for (int c = 0; c < layer.features(); c++) {
      double meanDiff = sumDiff[c] / values;
      double meanDiffNormal = sumDiffNormal[c] / values;
      for (int n = 0; n < count; n++) {
        int map = (n * layer.features() + c) * plane;
        for (int i = map; i < map + plane; i++) {
          double centred = diffDst[i] - meanDiff - normal(src[i], c) * meanDiffNormal;
          diffSrc[i] = (float) (weight[c] * scale[c] * centred);
        }
      }
    }
  }
}
