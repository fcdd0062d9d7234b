package org.nin4j.tracking.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.evaluate.ClassFigures;
import org.nin4j.evaluate.ConfusionMatrix;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.Csv;

/** Writes the figures of the classes, and how often each was taken for each other one, as CSV. */
final class ClassCsvs {
  static final String CONFUSION = "confusion.csv";
  static final String PER_CLASS = "per-class.csv";

  private ClassCsvs() {}

  static void write(Path folder, ConfusionMatrix confusion) throws IOException {
    AtomicFile.write(folder.resolve(CONFUSION), confusion(confusion));
    AtomicFile.write(folder.resolve(PER_CLASS), perClass(confusion.perClass()));
  }

  /** A row for each class, a column for each prediction. */
  private static String confusion(ConfusionMatrix confusion) {
    List<Object> header = new ArrayList<>(List.of("label"));
    header.addAll(confusion.classes());
    StringBuilder csv = new StringBuilder(Csv.line(header));
    for (int label = 0; label < confusion.classes().size(); label++) {
      List<Object> row = new ArrayList<>(List.of(confusion.classes().get(label)));
      row.addAll(confusion.counts().get(label));
      csv.append(Csv.line(row));
    }
    return csv.toString();
  }

  private static String perClass(List<ClassFigures> classes) {
    StringBuilder csv =
        new StringBuilder(
            Csv.line("class", "images", "predicted", "correct", "precision", "recall", "f1"));
    for (ClassFigures figures : classes) {
      csv.append(
          Csv.line(
              figures.name(),
              figures.images(),
              figures.predicted(),
              figures.correct(),
              cell(figures.precision()),
              cell(figures.recall()),
              cell(figures.f1())));
    }
    return csv.toString();
  }

  /** A fraction of nothing is an empty cell. */
  private static String cell(double fraction) {
    return Double.isNaN(fraction) ? "" : Csv.fixed(fraction, 6);
  }
}
