package org.nin4j.tracking.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nin4j.data.ImageDataset;
import org.nin4j.error.InvalidFileException;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.ImageResult;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.Csv;
import org.nin4j.internal.CsvRow;
import org.nin4j.internal.CsvTable;
import org.nin4j.internal.Quoted;

/**
 * How a model classified each image of a data set, and the file of each image: the content of
 * {@code predictions.csv}.
 *
 * @param evaluation the results
 * @param files the path of each image's file in the data set; empty texts for images without files
 */
record Predictions(Evaluation evaluation, List<String> files) {
  static final String FILE = "predictions.csv";

  private static final CsvTable TABLE =
      new CsvTable(
          List.of(
              "index",
              "file",
              "label",
              "predicted",
              "probability",
              "label_probability",
              "correct",
              "rank",
              "loss"),
          "delete the file");

  Predictions {
    files = List.copyOf(files);
    if (files.size() != evaluation.images()) {
      throw new IllegalArgumentException(
          evaluation.images() + " results need as many files, but there are " + files.size());
    }
  }

  static Predictions of(Evaluation evaluation, ImageDataset images) {
    return new Predictions(
        evaluation,
        IntStream.range(0, images.size()).mapToObj(i -> images.file(i).orElse("")).toList());
  }

  void write(Path folder) throws IOException {
    StringBuilder csv = new StringBuilder(TABLE.header());
    for (int i = 0; i < files.size(); i++) {
      ImageResult result = evaluation.results().get(i);
      csv.append(
          Csv.line(
              i,
              files.get(i),
              evaluation.classes().get(result.label()),
              evaluation.classes().get(result.predicted()),
              result.probability(),
              result.labelProbability(),
              result.correct(),
              result.rank(),
              result.loss()));
    }
    AtomicFile.write(folder.resolve(FILE), csv.toString());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param classes the names of the classes, which are in the model
   * @throws InvalidFileException when a line is not as it was written
   * @throws IOException when the file is missing or cannot be read
   */
  static Predictions read(Path folder, List<String> classes) throws IOException {
    Path file = folder.resolve(FILE);
    Map<String, Integer> labels = new HashMap<>();
    IntStream.range(0, classes.size()).forEach(c -> labels.putIfAbsent(classes.get(c), c));
    List<String> files = new ArrayList<>();
    List<ImageResult> results =
        TABLE.read(
            file,
            false,
            row -> {
              ImageResult result = result(row, classes.size(), labels);
              if (row.intAtLeast("index", 0) != files.size()) {
                throw row.defect("index must be " + files.size());
              }
              files.add(row.text("file"));
              return result;
            });
    if (results.isEmpty()) {
      throw new InvalidFileException(file, "has no predictions; delete the file", null);
    }
    return new Predictions(new Evaluation(classes, results), files);
  }

  private static ImageResult result(CsvRow row, int classes, Map<String, Integer> labels)
      throws InvalidFileException {
    ImageResult result =
        new ImageResult(
            label(row, "label", labels),
            label(row, "predicted", labels),
            rank(row, classes),
            probability(row, "probability"),
            probability(row, "label_probability"),
            row.number("loss"));
    if (!row.text("correct").equals(Boolean.toString(result.correct()))) {
      throw row.defect("correct must be " + result.correct());
    }
    return result;
  }

  private static int rank(CsvRow row, int classes) throws InvalidFileException {
    int rank = row.intAtLeast("rank", 0);
    if (rank >= classes) {
      throw row.defect("rank must be below " + classes + ", but is " + rank);
    }
    return rank;
  }

  private static double probability(CsvRow row, String column) throws InvalidFileException {
    double probability = row.number(column);
    if (probability < 0 || probability > 1) {
      throw row.defect(column + " must be from 0 to 1, but is " + row.text(column));
    }
    return probability;
  }

  private static int label(CsvRow row, String column, Map<String, Integer> labels)
      throws InvalidFileException {
    Integer label = labels.get(row.text(column));
    if (label == null) {
      throw row.defect("the model has no class " + Quoted.text(row.text(column)));
    }
    return label;
  }

  /** Returns whether the results are those of the same images, as far as can be seen. */
  boolean sameImages(Predictions other) {
    return files.equals(other.files)
        && evaluation.classes().equals(other.evaluation.classes())
        && labels(evaluation).equals(labels(other.evaluation));
  }

  private static List<Integer> labels(Evaluation evaluation) {
    return evaluation.results().stream().map(ImageResult::label).toList();
  }
}
