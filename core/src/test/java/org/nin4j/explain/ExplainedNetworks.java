package org.nin4j.explain;

import org.nin4j.Engines;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** A small network, and its derivatives by another way. */
final class ExplainedNetworks {
  private ExplainedNetworks() {}

  /**
   * Maps of 14x14 after a ReLU, and behind them BatchNorm2d, Dropout and a last ReLU, but nothing
   * that bends the score: differences are derivatives, whatever the step.
   */
  static Network withBatchNorm() {
    return new Network(
        "normalised",
        Shape.of(1, 1, 16, 16),
        new Sequential(
            new Sequential(new Conv2d(1, 4, 3), new BatchNorm2d(4), new ReLU()),
            new Dropout(0.5f),
            new Sequential(
                new Conv2d(4, 6, 3), new BatchNorm2d(6), new Conv2d(6, 3, 1), new ReLU()),
            new AdaptiveAvgPool2d(1),
            new Flatten()));
  }

  /** Returns the derivatives of a score by central differences, with 0 for the negative ones. */
  static float[] positiveDifferences(Network network, Weights weights, float[] input, int label) {
    float step = 1;
    float[] differences = new float[input.length];
    float[] scores = new float[network.classes()];
    try (OwnWeights plan = OwnWeights.compile(Engines.reference(), network, 1, Precision.FP32)) {
      plan.load(weights);
      for (int i = 0; i < input.length; i++) {
        float[] changed = input.clone();
        changed[i] = input[i] + step;
        plan.run(changed, 1, scores);
        float above = scores[label];
        changed[i] = input[i] - step;
        plan.run(changed, 1, scores);
        differences[i] = Math.max(0, (above - scores[label]) / (2 * step));
      }
    }
    return differences;
  }
}
