package org.nin4j.engine.reference;

import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.ShardStatistics;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.Shape;

/**
 * BatchNorm2d in training. With M = N H W values x of a channel: mean = sum(x) / M, var = sum((x -
 * mean)^2) / M, xhat = (x - mean) / sqrt(var + eps), y = weight * xhat + bias.
 */
final class BatchNormTrainingStep implements TrainingStep {
  private final BatchNorm2d layer;
  private final LayerParameters parameters;
  private final int plane;
  private final double[] mean; // (C) of the last forward pass
  private final double[] variance; // (C) of the last forward pass, the biased one
  private final double[] scale; // (C) 1 / sqrt(var + eps) of the last forward pass
  private final double[] sumDiff; // (C) sum(dy) of the last backward pass
  private final double[] sumDiffNormal; // (C) sum(dy * xhat) of the last backward pass

  /**
   * @param in (N, C, H, W)
   */
  BatchNormTrainingStep(BatchNorm2d layer, LayerParameters parameters, Shape in) {
    this.layer = layer;
    this.parameters = parameters;
    this.plane = in.height() * in.width();
    this.mean = new double[layer.features()];
    this.variance = new double[layer.features()];
    this.scale = new double[layer.features()];
    this.sumDiff = new double[layer.features()];
    this.sumDiffNormal = new double[layer.features()];
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    float[] weight = parameters.of(weights, Role.NORM_SCALE);
    float[] bias = parameters.of(weights, Role.NORM_SHIFT);
    for (int c = 0; c < layer.features(); c++) {
      measure(count, src, c);
      scale[c] = 1 / Math.sqrt(variance[c] + layer.eps());
      for (int n = 0; n < count; n++) {
        int map = (n * layer.features() + c) * plane;
        for (int i = map; i < map + plane; i++) {
          dst[i] = (float) (weight[c] * normal(src[i], c) + bias[c]);
        }
      }
    }
  }

  /** Finds the channel's mean and biased variance. */
  private void measure(int count, float[] src, int c) {
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
    variance[c] = squares / values;
  }

  /** Stores what the last forward pass has found. */
  void store(ShardStatistics statistics, int shard, int count) {
    copy(mean, statistics.values(shard, parameters.index(Role.RUNNING_MEAN)));
    copy(variance, statistics.values(shard, parameters.index(Role.RUNNING_VARIANCE)));
    statistics.setPositions(shard, parameters.index(Role.RUNNING_MEAN), (long) count * plane);
  }

  private static void copy(double[] from, float[] to) {
    for (int c = 0; c < to.length; c++) {
      to[c] = (float) from[c];
    }
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
      parameters.of(gradients, Role.NORM_SCALE)[c] = (float) sumDiffNormal[c];
      parameters.of(gradients, Role.NORM_SHIFT)[c] = (float) sumDiff[c];
    }
  }

  /**
   * dx = weight * scale * (dy - mean(dy) - xhat * mean(dy * xhat)): x acts through the channel's
   * mean and variance too.
   */
  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    float[] weight = parameters.of(weights, Role.NORM_SCALE);
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
