package org.nin4j.engine.reference;

import java.util.Arrays;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.Shape;

/**
 * The forward pass of a convolution, image by image: (outChannels, P) = bias + weights
 * (outChannels, K) times the image's patches (K, P); see {@link Patches}.
 */
class Conv2dForwardStep implements ForwardStep {
  final Conv2d layer;
  final LayerParameters parameters;
  final Patches patches;
  final double[] matrix; // (K, P) or (P, K)
  final int imageSize; // C H W
  private final MatrixProduct product;
  private final double[] sums; // (outChannels, P)

  /**
   * @param in (N, inChannels, H, W)
   * @param out (N, outChannels, OH, OW)
   */
  Conv2dForwardStep(Conv2d layer, LayerParameters parameters, Shape in, Shape out) {
    this.layer = layer;
    this.parameters = parameters;
    this.patches = new Patches(layer, in, out);
    this.matrix = new double[Math.multiplyExact(patches.rows(), patches.columns())];
    this.imageSize = in.channels() * in.height() * in.width();
    this.product = MatrixProduct.of(layer.outChannels(), patches.columns(), patches.rows());
    this.sums = new double[Math.multiplyExact(layer.outChannels(), patches.columns())];
  }

  @Override
  public final void forward(Weights weights, int count, float[] src, float[] dst) {
    for (int n = 0; n < count; n++) {
      patches.gather(src, n * imageSize, matrix);
      startWithBias(weights);
      product.addTo(sums, parameters.of(weights, Role.WEIGHT), 0, matrix);
      for (int i = 0; i < sums.length; i++) {
        dst[n * sums.length + i] = (float) sums[i];
      }
    }
  }

  private void startWithBias(Weights weights) {
    int columns = patches.columns();
    for (int o = 0; o < layer.outChannels(); o++) {
      double bias = layer.bias() ? parameters.of(weights, Role.BIAS)[o] : 0;
      Arrays.fill(sums, o * columns, (o + 1) * columns, bias);
    }
  }
}
