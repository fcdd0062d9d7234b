package org.nin4j.conformance.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nin4j.engine.Weights;

/** What a training went through: the loss of each step, and the weights that it ended with. */
final class Trajectory {
  /** Mean over the batch, before the step's update. */
  final double[] losses;

  /** By the names of parameters and buffers. */
  final Map<String, double[]> weights;

  Trajectory(double[] losses, Map<String, double[]> weights) {
    this.losses = losses;
    this.weights = weights;
  }

  static Map<String, double[]> values(Weights weights) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (int i = 0; i < weights.count(); i++) {
      float[] single = weights.values(i);
      double[] array = new double[single.length];
      for (int j = 0; j < array.length; j++) {
        array[j] = single[j];
      }
      values.put(weights.parameters().get(i).name(), array);
    }
    return values;
  }
}
