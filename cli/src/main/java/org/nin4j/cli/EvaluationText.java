package org.nin4j.cli;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.nin4j.evaluate.ClassFigures;
import org.nin4j.evaluate.ConfusionMatrix;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Interval;
import org.nin4j.evaluate.McNemar;
import org.nin4j.evaluate.TestTimeAugmentation;
import org.nin4j.internal.Table;

/** The report of {@code nin eval} for people. A dash stands for a fraction of nothing. */
final class EvaluationText {
  /** A smaller p-value is, by a common convention, no chance. */
  private static final double SIGNIFICANT = 0.05;

  private EvaluationText() {}

  static String text(EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    String text =
        score(report, evaluation)
            + format(
                "%,d images of %s%s%n%n",
                evaluation.images(),
                report.data(),
                report.augmentation() == TestTimeAugmentation.HORIZONTAL_FLIP
                    ? ", with flips: mean logits of each image and its mirror image"
                    : "")
            + classes(evaluation.confusion());
    return report.against().map(other -> text + "\n" + comparison(report, other)).orElse(text);
  }

  private static String score(EvaluationReport report, Evaluation evaluation) {
    Interval interval = evaluation.accuracyInterval(EvaluationReport.CONFIDENCE);
    String top =
        report.hasTop()
            ? format(
                "top-%d accuracy %.4f   ",
                EvaluationReport.TOP, evaluation.topAccuracy(EvaluationReport.TOP))
            : "";
    return format(
        "accuracy %.4f (95 %% interval %.4f to %.4f)%n%sloss %.4f   calibration error %.4f%n",
        evaluation.accuracy(),
        interval.low(),
        interval.high(),
        top,
        evaluation.loss(),
        evaluation.calibration().expectedError());
  }

  private static String classes(ConfusionMatrix confusion) {
    Table table =
        new Table(2, "class", "most often taken for", "images", "precision", "recall", "F1");
    int images = 0;
    for (int label = 0; label < confusion.classes().size(); label++) {
      ClassFigures figures = confusion.of(label);
      images += figures.images();
      table.row(
          List.of(
              figures.name(),
              mistake(confusion, label),
              format("%,d", figures.images()),
              fraction(figures.precision()),
              fraction(figures.recall()),
              fraction(figures.f1())));
    }
    table.rule();
    table.row(
        List.of(
            "mean",
            "",
            format("%,d", images),
            fraction(confusion.macroPrecision()),
            fraction(confusion.macroRecall()),
            fraction(confusion.macroF1())));
    return table.text();
  }

  private static String mistake(ConfusionMatrix confusion, int label) {
    OptionalInt other = confusion.mostOftenTakenFor(label);
    return other.isEmpty()
        ? "-"
        : format(
            "%s (%,d)",
            confusion.classes().get(other.getAsInt()), confusion.count(label, other.getAsInt()));
  }

  private static String fraction(double value) {
    return Double.isNaN(value) ? "-" : format("%.3f", value);
  }

  private static String comparison(EvaluationReport report, EvaluationReport.Against other) {
    McNemar test = report.comparison();
    return format("against %s:%n", other.model())
        + score(report, other.evaluation())
        + format(
            "right only with %s: %,d images%n"
                + "right only with %s: %,d images%n"
                + "right with both: %,d images; with neither: %,d%n",
            report.model(),
            test.onlyFirstCorrect(),
            other.model(),
            test.onlySecondCorrect(),
            test.bothCorrect(),
            test.bothWrong())
        + conclusion(report, other, test);
  }

  private static String conclusion(
      EvaluationReport report, EvaluationReport.Against other, McNemar test) {
    String p = format(test.pValue() < 0.0001 ? "p < 0.0001" : "p = %.4f", test.pValue());
    String tested = "McNemar's test (" + test.method() + "): " + p + "\n";
    if (test.pValue() >= SIGNIFICANT) {
      return tested
          + "These images do not show that one model is better than the other: the difference may"
          + " be chance.\n";
    }
    boolean first = test.onlyFirstCorrect() > test.onlySecondCorrect();
    return tested
        + (first ? report.model() : other.model())
        + " is better than "
        + (first ? other.model() : report.model())
        + " on images like these: the difference is hardly chance.\n";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
