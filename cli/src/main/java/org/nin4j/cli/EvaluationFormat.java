package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.TestTimeAugmentation;
import org.nin4j.internal.json.JsonWriter;

/** The output formats of {@code nin eval}. A class without test images has no accuracy. */
enum EvaluationFormat {
  TEXT {
    @Override
    void print(
        PrintWriter out,
        Evaluation evaluation,
        List<String> classes,
        String data,
        TestTimeAugmentation augmentation) {
      out.printf(
          Locale.ROOT,
          "accuracy %.4f   loss %.4f   %,d images of %s%s%n%n",
          evaluation.accuracy(),
          evaluation.loss(),
          evaluation.images(),
          data,
          augmentation == TestTimeAugmentation.HORIZONTAL_FLIP
              ? ", with flips: mean logits of each image and its mirror image"
              : "");
      int width = classes.stream().mapToInt(String::length).max().orElse(0);
      for (int label = 0; label < classes.size(); label++) {
        double recall = evaluation.recall(label);
        out.printf(
            Locale.ROOT,
            "%-" + width + "s  %s%s%n",
            classes.get(label),
            Double.isNaN(recall) ? "no images" : String.format(Locale.ROOT, "%.3f", recall),
            mostMistakenFor(evaluation.confusion().get(label), label, classes));
      }
    }
  },
  JSON {
    @Override
    void print(
        PrintWriter out,
        Evaluation evaluation,
        List<String> classes,
        String data,
        TestTimeAugmentation augmentation) {
      out.print(
          JsonWriter.indented(
              json -> {
                json.number("accuracy", evaluation.accuracy());
                json.number("loss", evaluation.loss());
                json.number("images", evaluation.images());
                json.text("data", data);
                if (augmentation != TestTimeAugmentation.NONE) {
                  json.text("test_time_augmentation", augmentation.name().toLowerCase(Locale.ROOT));
                }
                json.object("class_accuracy", recalls -> recalls(recalls, evaluation, classes));
                json.numberRows("confusion", evaluation.confusion());
              }));
    }
  };

  /**
   * Prints an evaluation.
   *
   * @param classes the names of the classes
   * @param data the name of the data set
   * @param augmentation the views of each image, which are mentioned if there are several
   */
  abstract void print(
      PrintWriter out,
      Evaluation evaluation,
      List<String> classes,
      String data,
      TestTimeAugmentation augmentation);

  private static void recalls(JsonWriter json, Evaluation evaluation, List<String> classes) {
    for (int label = 0; label < classes.size(); label++) {
      double recall = evaluation.recall(label);
      if (Double.isNaN(recall)) {
        json.none(classes.get(label));
      } else {
        json.number(classes.get(label), recall);
      }
    }
  }

  private static String mostMistakenFor(List<Integer> row, int label, List<String> classes) {
    int worst = -1;
    for (int c = 0; c < row.size(); c++) {
      if (c != label && row.get(c) > 0 && (worst < 0 || row.get(c) > row.get(worst))) {
        worst = c;
      }
    }
    return worst < 0
        ? ""
        : "   most often taken for " + classes.get(worst) + " (" + row.get(worst) + ")";
  }
}
