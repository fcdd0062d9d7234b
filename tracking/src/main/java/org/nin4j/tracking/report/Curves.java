package org.nin4j.tracking.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.tracking.StepMetrics;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Score;

/**
 * The curves of a training.
 *
 * @param history the metrics of each completed epoch
 * @param points the steps, or means of neighbouring steps where there are many
 */
record Curves(List<EpochMetrics> history, List<Point> points) {
  private static final int MOST_POINTS = 1000;

  /** Significant digits of a number in the page, which is more than anyone can see. */
  private static final int DIGITS = 6;

  /**
   * A point of the curves of the steps.
   *
   * @param epoch how many epochs were done after the step, with a fraction
   * @param loss mean loss
   * @param smoothed the loss, averaged over the steps before with weights that decay exponentially
   * @param learningRate the learning rate
   * @param gradientNorm the norm of the gradient
   */
  record Point(
      double epoch, double loss, double smoothed, double learningRate, double gradientNorm) {}

  /**
   * Computes the curves.
   *
   * @param stepsPerEpoch number of steps in an epoch
   */
  static Curves of(List<EpochMetrics> history, List<StepMetrics> steps, int stepsPerEpoch) {
    double[] smoothed = smoothed(steps.stream().mapToDouble(StepMetrics::loss).toArray());
    int width = (steps.size() - 1) / MOST_POINTS + 1;
    List<Point> points = new ArrayList<>();
    for (int begin = 0; begin < steps.size(); begin += width) {
      List<StepMetrics> part = steps.subList(begin, Math.min(begin + width, steps.size()));
      StepMetrics last = part.get(part.size() - 1);
      points.add(
          new Point(
              last.epoch() - 1 + (double) last.step() / stepsPerEpoch,
              mean(part, StepMetrics::loss),
              smoothed[begin + part.size() - 1],
              last.learningRate(),
              mean(part, StepMetrics::gradientNorm)));
    }
    return new Curves(history, points);
  }

  private static double mean(List<StepMetrics> steps, ToDoubleFunction<StepMetrics> value) {
    return steps.stream().mapToDouble(value).average().orElseThrow();
  }

  /**
   * Returns exponential moving averages whose weights sum to 1 from the start, as Adam corrects its
   * moments: the sum of decay^(i - j) values[j] over j up to i, divided by the sum of the weights.
   */
  static double[] smoothed(double[] values) {
    double decay = 1 - 2.0 / (Math.max(5, values.length / 40) + 1);
    double[] averages = new double[values.length];
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < values.length; i++) {
      sum = decay * sum + values[i];
      weights = decay * weights + 1;
      averages[i] = sum / weights;
    }
    return averages;
  }

  void write(JsonWriter json) {
    json.object(
        "steps",
        steps -> {
          write(steps, "epoch", Point::epoch);
          write(steps, "loss", Point::loss);
          write(steps, "smoothed", Point::smoothed);
          write(steps, "learning_rate", Point::learningRate);
          write(steps, "gradient_norm", Point::gradientNorm);
        });
    json.objects(
        "epochs",
        history,
        (fields, epoch) -> {
          fields.number("epoch", epoch.epoch());
          write(fields, "train", Optional.of(epoch.train()));
          write(fields, "val", epoch.validation());
          write(fields, "test", epoch.test());
          fields.number("images_per_second", epoch.imagesPerSecond());
        });
  }

  private void write(JsonWriter json, String name, ToDoubleFunction<Point> value) {
    json.numbers(name, points.stream().map(point -> rounded(value.applyAsDouble(point))).toList());
  }

  private static void write(JsonWriter json, String images, Optional<Score> score) {
    score.ifPresent(
        it -> {
          json.number(images + "_loss", it.loss());
          json.number(images + "_accuracy", it.accuracy());
        });
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
  }
}
