package org.nin4j.conformance;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Shape;

/** By how much each value of the {@link Outputs} may differ from the exact one. */
@FunctionalInterface
interface Tolerances {
  /** Arbitrary large numbers: the fraction of a sine scaled by them is spread over -1 to 1. */
  Scalar SPREAD = new Scalar(1.3e4);

  Scalar SCATTER = new Scalar(4.4e4);

  /** The tolerances, by the arrays' names. */
  Map<String, double[]> of(Trial trial, TorchTrial exact, Precision precision);

  /**
   * For one layer: the bound of its own rounding. A Flatten and an identity convolution may
   * surround it, which change no value; the gradients of that convolution have no tolerance.
   */
  static Map<String, double[]> ofOneLayer(Trial trial, TorchTrial exact, Precision precision) {
    Map<String, double[]> tolerances = new LinkedHashMap<>();
    for (int i = 0; i < exact.training.size(); i++) {
      if (!(exact.training.get(i).placed.layer() instanceof Flatten)) {
        tolerances.clear();
        tolerances.putAll(Rounding.inTraining(exact.training.get(i), precision));
        tolerances.putAll(Rounding.inInference(exact.inference.get(i), precision));
      }
    }
    return tolerances;
  }

  /**
   * For a stack of layers, where the error of one propagates through the others, forward and
   * backward: the deviation of several exact runs that are perturbed after each layer by random
   * errors as large as its rounding (Parker, Monte Carlo Arithmetic, 1997). That also covers values
   * that depend on the sign of a ReLU input close to 0 or on two almost equal maxima, where
   * rounding may decide either way.
   *
   * @param samples the number of perturbed runs
   * @param margin the factor for the largest deviation of an array in all samples
   */
  static Tolerances ofStack(int samples, double margin) {
    return (trial, exact, precision) -> {
      Map<String, Tensor> errors = errorsOfAllLayers(exact, precision);
      Outputs outputs = exact.outputs();
      Map<String, Double> largest = new HashMap<>();
      for (int sample = 0; sample < samples; sample++) {
        double phase = sample;
        Outputs perturbed =
            Torch.scoped(
                () ->
                    exact
                        .perturbed(
                            (leaf, what, value) ->
                                perturbed(value, errors.get(leaf + " " + what), phase))
                        .outputs());
        for (String array : outputs.arrays().keySet()) {
          largest.merge(
              array,
              distance(outputs.arrays().get(array), perturbed.arrays().get(array)),
              Math::max);
        }
      }
      Map<String, double[]> tolerances = new LinkedHashMap<>();
      outputs
          .arrays()
          .forEach(
              (array, values) -> {
                double[] tolerance = new double[values.length];
                Arrays.fill(tolerance, margin * largest.get(array));
                tolerances.put(array, tolerance);
              });
      return tolerances;
    };
  }

  /** By layer and output; without those that are always exact. */
  private static Map<String, Tensor> errorsOfAllLayers(TorchTrial exact, Precision precision) {
    Map<String, Tensor> errors = new HashMap<>();
    for (int i = 0; i < exact.training.size(); i++) {
      String leaf = i + " ";
      Map<String, double[]> tolerances = Rounding.inTraining(exact.training.get(i), precision);
      tolerances.putAll(Rounding.inInference(exact.inference.get(i), precision));
      tolerances.forEach(
          (what, values) -> {
            if (Arrays.stream(values).anyMatch(value -> value != 0)) {
              errors.put(leaf + what, Torch.tensor(values, Shape.of(values.length)));
            }
          });
    }
    return errors;
  }

  /**
   * Adds a random part of the error, if there is one. As in rounding, it depends on the value:
   * equal values, such as a convolution makes of padding, get the same error, and their sum a
   * multiple of it.
   */
  private static Tensor perturbed(Tensor value, Tensor error, double phase) {
    if (error == null) {
      return value;
    }
    Tensor share = value.mul(SPREAD).add_(new Scalar(phase)).sin_().mul_(SCATTER).frac_();
    return share.mul_(error.view_as(value)).add_(value);
  }

  private static double distance(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
