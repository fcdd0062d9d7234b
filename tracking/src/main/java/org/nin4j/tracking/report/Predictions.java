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
import org.nin4j.internal.TextFile;

/**
 * How a model classified each image of a data set, and the file of each image: the content of
 * {@code predictions.csv}.
 *
 * @param evaluation the results
 * @param files the path of each image's file in the data set; empty texts for images without files
 */
record Predictions(Evaluation evaluation, List<String> files) {
  static final String FILE = "predictions.csv";

  private static final int LARGEST_FILE = 1024; // MiB
  private static final List<String> COLUMNS =
      List.of(
          "index",
          "file",
          "label",
          "predicted",
          "probability",
          "label_probability",
          "correct",
          "rank",
          "loss");

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
    StringBuilder csv = new StringBuilder(Csv.line(COLUMNS));
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
    List<List<String>> lines = CsvText.lines(file, TextFile.read(file, LARGEST_FILE));
    if (lines.size() < 2 || !lines.get(0).equals(COLUMNS)) {
      throw new InvalidFileException(
          file,
          "it must start with a line '" + Csv.line(COLUMNS).strip() + "'; delete the file",
          null);
    }
    Map<String, Integer> labels = new HashMap<>();
    IntStream.range(0, classes.size()).forEach(c -> labels.putIfAbsent(classes.get(c), c));
    List<ImageResult> results = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      try {
        results.add(result(line, labels));
      } catch (IllegalArgumentException e) {
        throw new InvalidFileException(
            file, "row " + (results.size() + 1) + ": " + e.getMessage() + "; delete the file", e);
      }
      files.add(line.get(1));
    }
    return new Predictions(new Evaluation(classes, results), files);
  }

  private static ImageResult result(List<String> line, Map<String, Integer> labels) {
    return new ImageResult(
        label(line.get(2), labels),
        label(line.get(3), labels),
        Integer.parseInt(line.get(7)),
        Double.parseDouble(line.get(4)),
        Double.parseDouble(line.get(5)),
        Double.parseDouble(line.get(8)));
  }

  private static int label(String name, Map<String, Integer> labels) {
    Integer label = labels.get(name);
    if (label == null) {
      throw new IllegalArgumentException("the model has no class '" + name + "'");
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
