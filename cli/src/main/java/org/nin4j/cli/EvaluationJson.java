package org.nin4j.cli;

import java.util.List;
import java.util.Locale;
import org.nin4j.evaluate.ClassFigures;
import org.nin4j.evaluate.ConfusionMatrix;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Interval;
import org.nin4j.evaluate.McNemar;
import org.nin4j.evaluate.TestTimeAugmentation;
import org.nin4j.internal.json.JsonWriter;

/** The report of {@code nin eval} as JSON. A fraction of nothing is null. */
final class EvaluationJson {
  private EvaluationJson() {}

  static String text(EvaluationReport report) {
    return JsonWriter.indented(json -> write(json, report));
  }

  private static void write(JsonWriter json, EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    json.text("model", report.model());
    json.text("data", report.data());
    json.number("images", evaluation.images());
    if (report.augmentation() != TestTimeAugmentation.NONE) {
      json.text("test_time_augmentation", report.augmentation().name().toLowerCase(Locale.ROOT));
    }
    writeScore(json, report, evaluation);
    ConfusionMatrix confusion = evaluation.confusion();
    json.objects("classes", confusion.perClass(), EvaluationJson::writeClass);
    json.object(
        "macro_average",
        mean -> {
          mean.number("precision", confusion.macroPrecision());
          mean.number("recall", confusion.macroRecall());
          mean.number("f1", confusion.macroF1());
        });
    json.numberRows("confusion", confusion.counts());
    report.against().ifPresent(other -> json.object("against", o -> write(o, report, other)));
  }

  private static void writeScore(JsonWriter json, EvaluationReport report, Evaluation evaluation) {
    Interval interval = evaluation.accuracyInterval(EvaluationReport.CONFIDENCE);
    json.number("accuracy", evaluation.accuracy());
    json.numbers("accuracy_interval_95", List.of(interval.low(), interval.high()));
    if (report.hasTop()) {
      json.number(
          "top_" + EvaluationReport.TOP + "_accuracy",
          evaluation.topAccuracy(EvaluationReport.TOP));
    }
    json.number("loss", evaluation.loss());
    json.number("calibration_error", evaluation.calibration().expectedError());
  }

  private static void writeClass(JsonWriter json, ClassFigures figures) {
    json.text("name", figures.name());
    json.number("images", figures.images());
    json.number("predicted", figures.predicted());
    json.number("correct", figures.correct());
    json.numberOrNone("precision", figures.precision());
    json.numberOrNone("recall", figures.recall());
    json.numberOrNone("f1", figures.f1());
  }

  private static void write(
      JsonWriter json, EvaluationReport report, EvaluationReport.Against other) {
    McNemar comparison = report.comparison();
    json.text("model", other.model());
    writeScore(json, report, other.evaluation());
    json.number("both_correct", comparison.bothCorrect());
    json.number("only_model_correct", comparison.onlyFirstCorrect());
    json.number("only_against_correct", comparison.onlySecondCorrect());
    json.number("both_wrong", comparison.bothWrong());
    json.object(
        "mcnemar",
        test -> {
          test.text("method", comparison.method().name().toLowerCase(Locale.ROOT));
          test.number("p_value", comparison.pValue());
        });
  }
}
