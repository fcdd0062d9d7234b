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

/** By how much each value of an {@link Answer} may differ from the truth. */
@FunctionalInterface
interface Allowances {
  /** Any large numbers; the fraction of a scattered sine is anything from -1 to 1. */
  Scalar SPREAD = new Scalar(1.3e4);

  Scalar SCATTER = new Scalar(4.4e4);

  /** The allowances, by the arrays' names. */
  Map<String, double[]> of(Trial trial, TorchTrial truth, Precision precision);

  /**
   * For one layer: its own rounding. Around it may be a Flatten and the convolution that hands on
   * its input, which move no value; of that convolution itself nothing is said.
   */
  static Map<String, double[]> ofOneLayer(Trial trial, TorchTrial truth, Precision precision) {
    Map<String, double[]> allowances = new LinkedHashMap<>();
    for (int i = 0; i < truth.training.size(); i++) {
      if (!(truth.training.get(i).placed.layer() instanceof Flatten)) {
        allowances.clear();
        allowances.putAll(Rounding.inTraining(truth.training.get(i), precision));
        allowances.put(Answer.INFERENCE, Rounding.inInference(truth.inference.get(i), precision));
      }
    }
    return allowances;
  }

  /**
   * For a stack of layers, in which an error of one is carried on by those that follow, forward and
   * back: what comes out when the truth is disturbed after each layer by random errors as large as
   * its rounding, several times over (Parker, Monte Carlo Arithmetic, 1997). That also finds the
   * values that hang on a ReLU of almost 0 or on two almost equal maxima, which a rounding may
   * decide either way.
   *
   * @param samples how often it is disturbed
   * @param margin what the largest deviation of an array in all samples is multiplied by
   */
  static Allowances ofStack(int samples, double margin) {
    return (trial, truth, precision) -> {
      Map<String, Tensor> errors = errorsOfAllLayers(truth, precision);
      Answer right = truth.answer();
      Map<String, Double> largest = new HashMap<>();
      for (int sample = 0; sample < samples; sample++) {
        double phase = sample;
        Answer disturbed =
            Torch.scoped(
                () ->
                    truth
                        .disturbed(
                            (leaf, what, value) ->
                                disturbed(value, errors.get(leaf + " " + what), phase))
                        .answer());
        for (String array : right.arrays().keySet()) {
          largest.merge(
              array, distance(right.arrays().get(array), disturbed.arrays().get(array)), Math::max);
        }
      }
      Map<String, double[]> allowances = new LinkedHashMap<>();
      right
          .arrays()
          .forEach(
              (array, values) -> {
                double[] allowance = new double[values.length];
                Arrays.fill(allowance, margin * largest.get(array));
                allowances.put(array, allowance);
              });
      return allowances;
    };
  }

  /** By layer and what may be off; without those that never are. */
  private static Map<String, Tensor> errorsOfAllLayers(TorchTrial truth, Precision precision) {
    Map<String, Tensor> errors = new HashMap<>();
    for (int i = 0; i < truth.training.size(); i++) {
      String leaf = i + " ";
      Map<String, double[]> allowances = Rounding.inTraining(truth.training.get(i), precision);
      allowances.put(Answer.INFERENCE, Rounding.inInference(truth.inference.get(i), precision));
      allowances.forEach(
          (what, values) -> {
            if (Arrays.stream(values).anyMatch(value -> value != 0)) {
              errors.put(leaf + what, Torch.tensor(values, Shape.of(values.length)));
            }
          });
    }
    return errors;
  }

  /**
   * Off by anything up to the error, if there is one, which as in rounding depends on the value:
   * equal values, such as a convolution makes of padding, are off by the same, and the sum of many
   * by as many times that.
   */
  private static Tensor disturbed(Tensor value, Tensor error, double phase) {
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
