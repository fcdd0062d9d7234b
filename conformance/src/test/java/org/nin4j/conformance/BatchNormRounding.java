package org.nin4j.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.Precision;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Shape;

/**
 * How far rounding can move what a BatchNorm2d computes. An error of the mean moves all values of a
 * channel, one of the variance scales them, and the smaller the variance relative to the mean, the
 * larger the error: the first-order error of each formula, term by term, with {@link
 * Rounding#ofSum} for each sum.
 */
final class BatchNormRounding {
  private static final double UNIT = 0x1p-24;

  private final TorchLeaf leaf;
  private final BatchNorm2d layer;
  private final double storing;
  private final int batch;
  private final int channels;
  private final int area;
  private final double[] x;
  private final double[] y;
  private final double[] weight;
  private final double[] bias;
  private final double[] runningMean;
  private final double[] runningVariance;

  BatchNormRounding(TorchLeaf leaf, BatchNorm2d layer, Precision precision) {
    this.leaf = leaf;
    this.layer = layer;
    storing = precision == Precision.BF16 ? Rounding.ofStoring(precision) : 0;
    Shape shape = Rounding.shape(leaf.input);
    batch = shape.batch();
    channels = shape.channels();
    area = shape.height() * shape.width();
    x = Torch.values(leaf.input);
    y = Torch.values(leaf.output);
    List<double[]> parameters = leaf.parameters.stream().map(Torch::values).toList();
    weight = parameters.get(0);
    bias = parameters.get(1);
    runningMean = Torch.values(leaf.buffersBefore.get(0));
    runningVariance = Torch.values(leaf.buffersBefore.get(1));
  }

  double[] inInference() {
    double[] tolerance = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      int c = channel(i);
      double scale = Math.abs(weight[c]) / Math.sqrt(runningVariance[c] + layer.eps());
      tolerance[i] =
          6 * UNIT * (scale * (Math.abs(x[i]) + Math.abs(runningMean[c])) + Math.abs(bias[c]))
              + storing * Math.abs(y[i]);
    }
    return tolerance;
  }

  /** With the running statistics in training: an affine map, and its factor backward. */
  Map<String, double[]> frozen() {
    double[] backward = Torch.values(leaf.inputGradient);
    for (int i = 0; i < backward.length; i++) {
      backward[i] = (6 * UNIT + storing) * Math.abs(backward[i]);
    }
    Map<String, double[]> tolerances = new LinkedHashMap<>();
    tolerances.put(Outputs.LOGITS, inInference());
    tolerances.put(Outputs.IMAGES_GRADIENT, backward);
    return tolerances;
  }

  Map<String, double[]> inTraining() {
    double[] g = Torch.values(leaf.outputGradient);
    double[] dx = Torch.values(leaf.inputGradient);
    double[] forward = new double[x.length];
    double[] backward = new double[x.length];
    double[][] parameters = new double[4][channels];
    for (int c = 0; c < channels; c++) {
      channel(c, g, dx, forward, backward, parameters);
    }
    Map<String, double[]> tolerances = new LinkedHashMap<>();
    tolerances.put(Outputs.LOGITS, forward);
    tolerances.put(Outputs.IMAGES_GRADIENT, backward);
    for (int i = 0; i < parameters.length; i++) {
      tolerances.put(Outputs.of(leaf.placed.parameters().get(i)), parameters[i]);
    }
    return tolerances;
  }

  private void channel(
      int c, double[] g, double[] dx, double[] forward, double[] backward, double[][] parameters) {
    double count = (double) batch * area;
    double ofSum = Rounding.ofSum(count);
    double mean = 0;
    double meanMagnitude = 0;
    for (int k = 0; k < count; k++) {
      mean += x[at(c, k)] / count;
      meanMagnitude += Math.abs(x[at(c, k)]) / count;
    }
    double variance = 0;
    for (int k = 0; k < count; k++) {
      variance += square(x[at(c, k)] - mean) / count;
    }
    double root = 1 / Math.sqrt(variance + layer.eps());
    // errors: of the mean, of the variance, and of the root, the last relative to it
    double eMean = ofSum * meanMagnitude + UNIT * Math.abs(mean);
    double eVariance =
        (ofSum + 4 * UNIT) * variance
            + square(eMean)
            + 2 * UNIT * meanMagnitude * Math.sqrt(variance);
    double eRoot = 0.5 * eVariance * square(root) + 3 * UNIT;
    double dBias = 0;
    double dWeight = 0;
    double eBias = 0;
    double eWeight = 0;
    for (int k = 0; k < count; k++) {
      int i = at(c, k);
      double normal = (x[i] - mean) * root;
      double eNormal = eNormal(x[i], mean, eMean, root, eRoot);
      dBias += g[i];
      dWeight += g[i] * normal;
      eBias += ofSum * Math.abs(g[i]);
      eWeight += ofSum * Math.abs(g[i] * normal) + Math.abs(g[i]) * eNormal;
    }
    double w = Math.abs(weight[c]);
    for (int k = 0; k < count; k++) {
      int i = at(c, k);
      double normal = Math.abs((x[i] - mean) * root);
      double eNormal = eNormal(x[i], mean, eMean, root, eRoot);
      forward[i] = w * (eNormal + 3 * UNIT * normal) + 2 * UNIT * Math.abs(bias[c]);
      forward[i] += (storing + UNIT) * Math.abs(y[i]);
      double magnitude =
          Math.abs(g[i]) + Math.abs(dBias) / count + normal * Math.abs(dWeight) / count;
      double error = (eBias + normal * eWeight + eNormal * Math.abs(dWeight)) / count;
      backward[i] = w * root * (error + (4 * UNIT + eRoot) * magnitude);
      backward[i] += storing * (Math.abs(dx[i]) + backward[i]);
    }
    parameters[0][c] = eWeight;
    parameters[1][c] = eBias;
    double momentum = layer.momentum();
    double unbiased = count / (count - 1);
    parameters[2][c] =
        momentum * (eMean + 2 * UNIT * Math.abs(mean)) + 3 * UNIT * Math.abs(runningMean[c]);
    parameters[3][c] =
        momentum * unbiased * (eVariance + 3 * UNIT * variance)
            + 3 * UNIT * Math.abs(runningVariance[c]);
  }

  /** Of (x - mean) root: x root and mean root may be rounded one by one. */
  private static double eNormal(double x, double mean, double eMean, double root, double eRoot) {
    return root * (eMean + 2 * UNIT * (Math.abs(x) + Math.abs(mean)))
        + Math.abs(x - mean) * root * eRoot;
  }

  private static double square(double value) {
    return value * value;
  }

  private int channel(int i) {
    return i / area % channels;
  }

  /** Index of the k-th value of a channel. */
  private int at(int channel, int k) {
    return (k / area * channels + channel) * area + k % area;
  }
}
