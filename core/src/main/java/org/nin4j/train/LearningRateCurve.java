package org.nin4j.train;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The loss over a rising learning rate, as a {@link LearningRateSearch} has measured it.
 *
 * @param steps number of steps that were planned
 * @param points the steps that were done, in their order; fewer than planned when the loss rose too
 *     far or was no longer a finite number
 */
public record LearningRateCurve(int steps, List<Point> points) {
  /** Number of points at the end that are not considered. */
  private static final int LAST = 5;

  private static final int FEWEST_IN_MEAN = 5;

  /** The fall that is not taken for noise, as a multiple of the median difference. */
  private static final double NOISE = 2;

  /**
   * A step of the search.
   *
   * @param rate the learning rate of the step
   * @param loss the mean loss of the step's batch, before the weights were updated
   * @param smoothedLoss the running average of the loss up to this step
   */
  public record Point(double rate, double loss, double smoothedLoss) {}

  /**
   * Creates a curve.
   *
   * @param steps number of steps that were planned
   * @param points the steps that were done, in their order
   */
  public LearningRateCurve {
    points = List.copyOf(points);
  }

  /**
   * Returns whether the search ended before its last step, because the loss rose too far or was no
   * longer a finite number.
   *
   * @return true if there are fewer points than steps were planned
   */
  public boolean endedEarly() {
    return points.size() < steps;
  }

  /**
   * Suggests a learning rate: the one at which the smoothed loss falls most steeply over the
   * logarithm of the learning rate. This is the rule {@code steep} of fastai's {@code lr_find}
   * (fastai/callback/schedule.py), and as there, the first tenth of the planned steps and the last
   * five points are not considered, because the average consists of too few values there, or the
   * loss already diverges.
   *
   * <p>It differs from fastai where a noisy loss would mislead it. A slope is not that from one
   * point to the next, but over a twentieth of the planned steps, and the rate is the geometric
   * mean of its two ends. A fall that does not lead to a new lowest value is ignored, because it is
   * only the return from a peak. And there is no suggestion from a loss that shows nothing but
   * noise: one whose mean over a tenth of the steps (at least five) is nowhere lower than at the
   * beginning by more than twice the median difference of successive steps.
   *
   * @return the learning rate; empty when the loss never falls, or there are too few points
   */
  public OptionalDouble suggestion() {
    OptionalDouble suggestion = OptionalDouble.empty();
    if (!falls()) {
      return suggestion;
    }
    int span = Math.max(1, steps / 20);
    double lowest = Double.POSITIVE_INFINITY;
    double steepest = 0;
    for (int i = steps / 10; i + span < points.size() - LAST; i++) {
      Point from = points.get(i);
      Point to = points.get(i + span);
      double slope = (to.smoothedLoss - from.smoothedLoss) / Math.log(to.rate / from.rate);
      lowest = Math.min(lowest, from.smoothedLoss);
      if (to.smoothedLoss < lowest && slope < steepest) {
        steepest = slope;
        suggestion = OptionalDouble.of(Math.sqrt(from.rate * to.rate));
      }
    }
    return suggestion;
  }

  /** Returns whether the loss falls by more than noise would make it fall. */
  private boolean falls() {
    int window = Math.max(FEWEST_IN_MEAN, steps / 10);
    if (points.size() < 2 * window) {
      return false;
    }
    double lowest =
        IntStream.rangeClosed(window, points.size() - window)
            .mapToDouble(begin -> meanLoss(begin, begin + window))
            .min()
            .orElseThrow();
    return meanLoss(0, window) - lowest > NOISE * medianDifference();
  }

  private double meanLoss(int begin, int end) {
    return points.subList(begin, end).stream().mapToDouble(Point::loss).average().orElseThrow();
  }

  /** Returns the median of the differences between the losses of successive steps. */
  private double medianDifference() {
    double[] differences =
        IntStream.range(1, points.size())
            .mapToDouble(i -> Math.abs(points.get(i).loss - points.get(i - 1).loss))
            .sorted()
            .toArray();
    return differences[differences.length / 2];
  }
}
