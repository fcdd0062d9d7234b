package org.nin4j.tracking.report;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.evaluate.Calibration;
import org.nin4j.evaluate.ClassFigures;
import org.nin4j.evaluate.ConfusionMatrix;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.internal.json.JsonWriter;

/** Writes what a page shows of an evaluation. A fraction of nothing is null. */
final class EvaluationJson {
  private EvaluationJson() {}

  static void write(JsonWriter json, Evaluation evaluation) {
    ConfusionMatrix confusion = evaluation.confusion();
    json.numberRows("confusion", cells(confusion));
    json.objects("per_class", confusion.perClass(), EvaluationJson::figures);
    Calibration calibration = evaluation.calibration();
    json.object(
        "calibration",
        fields -> {
          fields.number("error", calibration.expectedError());
          fields.objects("bins", calibration.bins(), EvaluationJson::bin);
        });
  }

  /** Returns label, prediction and number of images of each cell that is not empty. */
  private static List<List<Integer>> cells(ConfusionMatrix confusion) {
    List<List<Integer>> cells = new ArrayList<>();
    for (int label = 0; label < confusion.classes().size(); label++) {
      for (int predicted = 0; predicted < confusion.classes().size(); predicted++) {
        int count = confusion.count(label, predicted);
        if (count > 0) {
          cells.add(List.of(label, predicted, count));
        }
      }
    }
    return cells;
  }

  private static void figures(JsonWriter json, ClassFigures figures) {
    json.number("images", figures.images());
    json.numberOrNone("precision", figures.precision());
    json.numberOrNone("recall", figures.recall());
    json.numberOrNone("f1", figures.f1());
  }

  private static void bin(JsonWriter json, Calibration.Bin bin) {
    json.number("low", bin.low());
    json.number("high", bin.high());
    json.number("images", bin.count());
    json.numberOrNone("confidence", bin.confidence());
    json.numberOrNone("accuracy", bin.accuracy());
  }
}
