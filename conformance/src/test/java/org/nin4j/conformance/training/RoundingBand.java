package org.nin4j.conformance.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.nin4j.engine.Weights;

/**
 * How far rounding may move a training from its exact trajectory, which is PyTorch's in double
 * precision. PyTorch's trajectories in single precision, each from initial weights moved by a few
 * units in the last place, lie around it: their distances are what rounding explains, step by step.
 * The tolerance is twice the largest distance so far, plus four unit roundoffs (of the loss; of an
 * array's largest weight) in case all of them happen to be close.
 *
 * <p>Where the input of a ReLU is almost 0, or two maxima are almost equal, rounding decides where
 * the gradient flows, and a trajectory suddenly moves away from the others. So the band is widened
 * by further runs until they cover both cases.
 */
final class RoundingBand {
  private static final double UNIT_ROUNDOFF = 0x1p-24;
  private static final double FACTOR = 2;
  private static final double FLOOR = 4 * UNIT_ROUNDOFF;
  private static final int UNITS_MOVED = 4;
  private static final int FEWEST_RUNS = 4;

  /** What happens in none of this many runs is not explained by rounding. */
  private static final int MOST_RUNS = 64;

  private final TrainingCase training;
  private final Weights start;
  private final Trajectory expected;
  private final List<Trajectory> runs = new ArrayList<>();

  /**
   * An error and its tolerance.
   *
   * @param where {@code loss of step 3}, or the name of an array
   */
  record Worst(String where, double error, double tolerance) {
    double ratio() {
      return error == 0 ? 0 : error / tolerance;
    }

    private Worst or(Worst other) {
      return other.ratio() > ratio() || Double.isNaN(other.ratio()) ? other : this;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1e of %.1e", error, tolerance);
    }
  }

  RoundingBand(TrainingCase training) {
    this.training = training;
    start = training.recipe().initializer().initialize(training.network(), TrainingCase.SEED);
    expected = TorchTraining.run(training, start, ScalarType.Double);
    for (int i = 0; i < FEWEST_RUNS; i++) {
      widen();
    }
  }

  /** Whether rounding explains a training; adds runs until it does, up to the largest number. */
  boolean explains(Trajectory other) {
    while (worst(other).ratio() > 1 && runs.size() < MOST_RUNS) {
      widen();
    }
    return worst(other).ratio() <= 1;
  }

  private void widen() {
    SplittableRandom random = new SplittableRandom(runs.size());
    Weights moved = start.copy();
    for (int i = 0; i < moved.count(); i++) {
      if (moved.parameters().get(i).trainable()) {
        float[] values = moved.values(i);
        for (int j = 0; j < values.length; j++) {
          values[j] += random.nextInt(-UNITS_MOVED, UNITS_MOVED + 1) * Math.ulp(values[j]);
        }
      }
    }
    runs.add(TorchTraining.run(training, moved, ScalarType.Float));
  }

  int runs() {
    return runs.size();
  }

  /** Mean over the first ten steps. */
  double firstLoss() {
    return Arrays.stream(expected.losses, 0, 10).average().orElseThrow();
  }

  /** Mean over the last ten steps. */
  double lastLoss() {
    int steps = expected.losses.length;
    return Arrays.stream(expected.losses, steps - 10, steps).average().orElseThrow();
  }

  /** Of the losses of all steps, the one with the largest ratio. */
  Worst worstLoss(Trajectory other) {
    Worst worst = new Worst("", 0, 1);
    double spread = 0;
    for (int step = 0; step < expected.losses.length; step++) {
      for (Trajectory run : runs) {
        spread = Math.max(spread, Math.abs(run.losses[step] - expected.losses[step]));
      }
      double tolerance = FACTOR * spread + FLOOR * Math.max(1, expected.losses[step]);
      double error = Math.abs(other.losses[step] - expected.losses[step]);
      worst = worst.or(new Worst("loss of step " + step, error, tolerance));
    }
    return worst;
  }

  /** Of the arrays of weights and running statistics in the end, the one with the largest ratio. */
  Worst worstWeight(Trajectory other) {
    Worst worst = new Worst("", 0, 1);
    for (Map.Entry<String, double[]> array : expected.weights.entrySet()) {
      String name = array.getKey();
      double spread = 0;
      for (Trajectory run : runs) {
        spread = Math.max(spread, distance(run.weights.get(name), array.getValue()));
      }
      double largest = distance(array.getValue(), new double[array.getValue().length]);
      double tolerance = FACTOR * spread + FLOOR * largest;
      double error = distance(other.weights.get(name), array.getValue());
      worst = worst.or(new Worst(name, error, tolerance));
    }
    return worst;
  }

  /** The worst of losses and weights. */
  Worst worst(Trajectory other) {
    return worstLoss(other).or(worstWeight(other));
  }

  private static double distance(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
