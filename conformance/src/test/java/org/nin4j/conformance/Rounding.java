package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.nin4j.engine.Precision;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

/**
 * How far rounding can move what one layer computes, value by value.
 *
 * <p>A sum of n products in 32-bit floats, in whatever order, is off by at most n u of the sum of
 * their magnitudes, u = 2^-24 (Higham, Accuracy and Stability of Numerical Algorithms, 2002, 3.1);
 * as roundings go up and down alike, by at most 4 sqrt(n) u but for one case in thousands (Higham
 * and Mary, A New Approach to Probabilistic Rounding Error Analysis, 2019). The smaller of the two
 * is allowed, and 2 u for what else is rounded. The magnitudes come from the same layer over
 * absolute values: |w| slid over |x|, and |g| back.
 *
 * <p>In bf16 the sums are the same, in 32 bits; what one layer hands to another, values and
 * gradients of values, is rounded to 8 bits: 2^-8 of it. Gradients of parameters are not.
 */
final class Rounding {
  private static final double UNIT = 0x1p-24;
  private static final double BF16_UNIT = 0x1p-8;

  private Rounding() {}

  /** The tolerance for a sum of n terms, relative to the sum of their magnitudes. */
  static double ofSum(double n) {
    return (Math.min(n, 4 * Math.sqrt(n)) + 2) * UNIT;
  }

  /** The share of a value that is lost when a layer hands it on. */
  static double ofStoring(Precision precision) {
    return precision == Precision.BF16 ? BF16_UNIT : UNIT;
  }

  /**
   * The tolerances of a layer in training, by what they are for ({@link Outputs#LOGITS} for its
   * output, {@link Outputs#IMAGES_GRADIENT} for the gradient of its input, and what belongs to each
   * parameter).
   */
  static Map<String, double[]> inTraining(TorchLeaf leaf, Precision precision) {
    Layer layer = leaf.placed.layer();
    if (layer instanceof BatchNorm2d norm) {
      BatchNormRounding rounding = new BatchNormRounding(leaf, norm, precision);
      return leaf.frozen ? rounding.frozen() : rounding.inTraining();
    }
    Sums sums = Sums.of(layer, leaf);
    List<double[]> magnitudes = magnitudes(leaf);
    Map<String, double[]> tolerances = new LinkedHashMap<>();
    tolerances.put(
        Outputs.LOGITS,
        tolerance(sums.forward, magnitudes.get(0), precision, Torch.values(leaf.output)));
    tolerances.put(
        Outputs.IMAGES_GRADIENT,
        tolerance(
            sums.inputGradient, magnitudes.get(1), precision, Torch.values(leaf.inputGradient)));
    for (int i = 0; i < leaf.parameters.size(); i++) {
      tolerances.put(
          Outputs.of(leaf.placed.parameters().get(i)),
          leaf.frozen
              ? new double[Math.toIntExact(leaf.parameters.get(i).numel())]
              : scaled(magnitudes.get(2 + i), ofSum(sums.parameterGradients)));
    }
    return tolerances;
  }

  /**
   * The tolerances of a layer in inference: {@link Outputs#INFERENCE} for its output, {@link
   * Outputs#INFERENCE_GRADIENT} for the gradient of its input.
   */
  static Map<String, double[]> inInference(TorchLeaf leaf, Precision precision) {
    if (leaf.placed.layer() instanceof Dropout) {
      double[] nothing = new double[Math.toIntExact(leaf.input.numel())];
      return Map.of(Outputs.INFERENCE, nothing, Outputs.INFERENCE_GRADIENT, nothing);
    }
    Map<String, double[]> tolerances = inTraining(leaf, precision);
    return Map.of(
        Outputs.INFERENCE,
        tolerances.get(Outputs.LOGITS),
        Outputs.INFERENCE_GRADIENT,
        tolerances.get(Outputs.IMAGES_GRADIENT));
  }

  private static double[] tolerance(
      double terms, double[] magnitudes, Precision precision, double[] values) {
    double[] tolerance = new double[values.length];
    if (terms == 0) {
      return tolerance; // chosen or copied
    }
    for (int i = 0; i < values.length; i++) {
      tolerance[i] = ofSum(terms) * magnitudes[i];
      if (precision == Precision.BF16) {
        tolerance[i] += BF16_UNIT * (Math.abs(values[i]) + tolerance[i]);
      }
    }
    return tolerance;
  }

  /** Lengths of the sums that a layer makes; 0 where it only chooses or copies. */
  private record Sums(double forward, double inputGradient, double parameterGradients) {
    static Sums of(Layer layer, TorchLeaf leaf) {
      Shape out = shape(leaf.output);
      if (layer instanceof Conv2d conv) {
        double area = conv.kernel().area();
        return new Sums(
            conv.inChannels() * area + 1,
            conv.outChannels() * area,
            (double) out.elements() / out.channels());
      }
      if (layer instanceof Linear linear) {
        return new Sums(linear.inFeatures() + 1.0, linear.outFeatures(), out.batch());
      }
      if (layer instanceof AvgPool2d pool) {
        return new Sums(pool.kernel().area(), pool.kernel().area(), 0);
      }
      if (layer instanceof AdaptiveAvgPool2d) {
        Shape in = shape(leaf.input);
        double window =
            Math.ceil(1 + (double) in.height() / out.height())
                * Math.ceil(1 + (double) in.width() / out.width());
        double windows =
            Math.ceil(1 + (double) out.height() / in.height())
                * Math.ceil(1 + (double) out.width() / in.width());
        return new Sums(window, windows, 0);
      }
      if (layer instanceof MaxPool2d pool) {
        return new Sums(0, pool.kernel().area(), 0);
      }
      if (layer instanceof Dropout dropout) {
        return dropout.p() == 0 ? new Sums(0, 0, 0) : new Sums(1, 1, 0);
      }
      if (layer instanceof ReLU || layer instanceof Flatten) {
        return new Sums(0, 0, 0);
      }
      throw new IllegalArgumentException("no sums are known for " + layer);
    }
  }

  /**
   * Sums of the absolute values of all terms: of the output, the gradient of the input, and those
   * of the parameters that have one.
   */
  private static List<double[]> magnitudes(TorchLeaf leaf) {
    Tensor magnitude = leaf.outputGradient.abs();
    boolean adds = adds(leaf.placed.layer());
    Tensor input = Torch.leaf(adds ? leaf.input.abs() : leaf.input);
    List<Tensor> wanted = new ArrayList<>(List.of(input));
    List<Tensor> parameters =
        leaf.parameters.stream().map(parameter -> Torch.leaf(parameter.abs())).toList();
    if (!leaf.frozen) {
      wanted.addAll(parameters);
    }
    Tensor output = leaf.placed.layer().accept(new TorchLayers(input, parameters, true, leaf.mask));
    List<double[]> magnitudes = new ArrayList<>();
    magnitudes.add(absolute(Torch.values(output)));
    Torch.gradients(output, wanted, magnitude).forEach(each -> magnitudes.add(Torch.values(each)));
    return magnitudes;
  }

  /** Whether the layer adds up products, so that absolute values give the terms' magnitudes. */
  private static boolean adds(Layer layer) {
    return layer instanceof Conv2d
        || layer instanceof Linear
        || layer instanceof AvgPool2d
        || layer instanceof AdaptiveAvgPool2d;
  }

  static Shape shape(Tensor tensor) {
    int[] dims = new int[(int) tensor.dim()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (int) tensor.size(i);
    }
    return Shape.of(dims);
  }

  private static double[] absolute(double[] values) {
    double[] absolute = values.clone();
    for (int i = 0; i < values.length; i++) {
      absolute[i] = Math.abs(values[i]);
    }
    return absolute;
  }

  private static double[] scaled(double[] values, double factor) {
    double[] scaled = values.clone();
    for (int i = 0; i < values.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }
}
