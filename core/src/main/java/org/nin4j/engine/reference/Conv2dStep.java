package org.nin4j.engine.reference;

import java.util.Arrays;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.Shape;

/**
 * A convolution with its backward pass, image by image, in the terms of {@link Patches}: gradient
 * of the weights (outChannels, K) = sum over images of diffDst (outChannels, P) times patches (P,
 * K); gradient of the patches (K, P) = transposed weights (K, outChannels) times diffDst
 * (outChannels, P).
 */
final class Conv2dStep extends Conv2dForwardStep implements TrainingStep {
  private final MatrixProduct weightsProduct;
  private final MatrixProduct dataProduct;
  private final double[] diffWeights; // (outChannels, K)
  private final double[] diffImage; // (outChannels, P): diffDst of one image

  /** As for the forward step. */
  Conv2dStep(Conv2d layer, LayerParameters parameters, Shape in, Shape out) {
    super(layer, parameters, in, out);
    int depth = patches.rows();
    int positions = patches.columns();
    weightsProduct = MatrixProduct.of(layer.outChannels(), depth, positions);
    dataProduct = MatrixProduct.ofTransposed(depth, positions, layer.outChannels());
    diffWeights = new double[Math.multiplyExact(layer.outChannels(), depth)];
    diffImage = new double[Math.multiplyExact(layer.outChannels(), positions)];
  }

  @Override
  public void backwardWeights(Weights gradients, int count, float[] src, float[] diffDst) {
    Arrays.fill(diffWeights, 0);
    for (int n = 0; n < count; n++) {
      patches.gatherTransposed(src, n * imageSize, matrix);
      weightsProduct.addTo(diffWeights, diffDst, n * diffImage.length, matrix);
    }
    float[] target = parameters.of(gradients, Role.WEIGHT);
    for (int i = 0; i < diffWeights.length; i++) {
      target[i] = (float) diffWeights[i];
    }
    if (layer.bias()) {
      backwardBias(parameters.of(gradients, Role.BIAS), count, diffDst);
    }
  }

  private void backwardBias(float[] diffBias, int count, float[] diffDst) {
    int columns = patches.columns();
    for (int o = 0; o < layer.outChannels(); o++) {
      double sum = 0;
      for (int n = 0; n < count; n++) {
        int map = (n * layer.outChannels() + o) * columns;
        for (int i = map; i < map + columns; i++) {
          sum += diffDst[i];
        }
      }
      diffBias[o] = (float) sum;
    }
  }

  @Override
  public void backwardData(
      Weights weights, int count, float[] src, float[] diffDst, float[] diffSrc) {
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < diffImage.length; i++) {
        diffImage[i] = diffDst[n * diffImage.length + i];
      }
      Arrays.fill(matrix, 0);
      dataProduct.addTo(matrix, parameters.of(weights, Role.WEIGHT), 0, diffImage);
      patches.addUp(matrix, diffSrc, n * imageSize);
    }
  }
}
