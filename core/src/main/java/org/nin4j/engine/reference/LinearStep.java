package org.nin4j.engine.reference;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Parameter.Role;

/** dst(n, o) = bias(o) + sum over i of weight(o, i) * src(n, i). */
final class LinearStep implements TrainingStep {
  private final Linear layer;
  private final LayerParameters parameters;
  private final double[] diffSums; // (batch, inFeatures)

  LinearStep(Linear layer, LayerParameters parameters, int batch) {
    this.layer = layer;
    this.parameters = parameters;
    this.diffSums = new double[Math.multiplyExact(batch, layer.inFeatures())];
  }

  @Override
  public void forward(Weights weights, int count, float[] src, float[] dst) {
    int in = layer.inFeatures();
    int out = layer.outFeatures();
    float[] weight = parameters.of(weights, Role.WEIGHT);
    IntStream.range(0, out)
        .parallel()
        .forEach(
            o -> {
              for (int n = 0; n < count; n++) {
                double sum = layer.bias() ? parameters.of(weights, Role.BIAS)[o] : 0;
                for (int i = 0; i < in; i++) {
                  sum += (double) weight[o * in + i] * src[n * in + i];
                }
                dst[n * out + o] = (float) sum;
              }
            });
  }

  @Override
  public void backwardWeights(Weights gradients, int count, float[] src, float[] diffDst) {
    int in = layer.inFeatures();
    int out = layer.outFeatures();
    float[] diffWeight = parameters.of(gradients, Role.WEIGHT);
    IntStream.range(0, out)
        .parallel()
        .forEach(
            o -> {
              for (int i = 0; i < in; i++) {
                double sum = 0;
                for (int n = 0; n < count; n++) {
                  sum += (double) diffDst[n * out + o] * src[n * in + i];
                }
                diffWeight[o * in + i] = (float) sum;
              }
            });
    if (layer.bias()) {
      float[] diffBias = parameters.of(gradients, Role.BIAS);
      for (int o = 0; o < out; o++) {
        double sum = 0;
        for (int n = 0; n < count; n++) {
          sum += diffDst[n * out + o];
        }
        diffBias[o] = (float) sum;
      }
    }
  }

  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    int in = layer.inFeatures();
    int out = layer.outFeatures();
    float[] weight = parameters.of(weights, Role.WEIGHT);
    Arrays.fill(diffSums, 0, count * in, 0);
    IntStream.range(0, count)
        .parallel()
        .forEach(
            n -> {
              for (int o = 0; o < out; o++) {
                double diff = diffDst[n * out + o];
                for (int i = 0; i < in; i++) {
                  diffSums[n * in + i] += diff * weight[o * in + i];
                }
              }
              for (int i = n * in; i < (n + 1) * in; i++) {
                diffSrc[i] = (float) diffSums[i];
              }
            });
  }
}
