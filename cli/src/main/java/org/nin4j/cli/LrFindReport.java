package org.nin4j.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.nin4j.internal.Table;
import org.nin4j.train.LearningRateCurve;

/** What {@code nin lr-find} prints about the curve. */
final class LrFindReport {
  private static final int ROWS = 10;
  private static final double LARGE = 1e4;

  private LrFindReport() {}

  /** Returns about ten rows, evenly spaced from the first point to the last one. */
  static String table(LearningRateCurve curve) {
    Table table = new Table(0, "Step", "Learning rate", "Loss", "Smoothed");
    int last = curve.points().size() - 1;
    int rows = Math.min(ROWS, curve.points().size());
    for (int row = 0; row < rows; row++) {
      int index = rows == 1 ? 0 : Math.round((float) row * last / (rows - 1));
      LearningRateCurve.Point point = curve.points().get(index);
      table.row(
          List.of(
              Integer.toString(index + 1),
              String.format(Locale.ROOT, "%.1e", point.rate()),
              loss(point.loss()),
              loss(point.smoothedLoss())));
    }
    return table.text();
  }

  /** Returns what the curve says, in one sentence or two. */
  static String conclusion(LearningRateCurve curve) {
    String early =
        curve.endedEarly()
            ? String.format(
                "The loss diverged, so the search ended after %d of %d steps.%n",
                curve.points().size(), curve.steps())
            : "";
    OptionalDouble suggestion = curve.suggestion();
    return early
        + (suggestion.isPresent()
            ? "The smoothed loss falls most steeply at a learning rate of "
                + rounded(suggestion.getAsDouble())
                + ":"
            : "There is no suggestion, because the loss does not fall clearly; try another range with"
                + " --min-lr and --max-lr, more --steps, or another --seed.");
  }

  private static String loss(double loss) {
    return String.format(Locale.ROOT, loss < LARGE ? "%.4f" : "%.1e", loss);
  }

  /** Returns a learning rate with two significant digits, such as 0.0014. */
  static String rounded(double rate) {
    return new BigDecimal(rate).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }
}
