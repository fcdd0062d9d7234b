package org.nin4j.tracking.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nin4j.data.ImageDataset;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.ImageResult;
import org.nin4j.internal.json.JsonWriter;

/**
 * The images of a report: the most confident mistakes, and for each cell of the confusion matrix
 * the most confident ones. Each is in the page once.
 *
 * @param predictions how all images were classified
 * @param pictures the chosen images, by their index in the data set
 */
record Gallery(Predictions predictions, Map<Integer, String> pictures) {
  private static final int MISTAKES = 24;
  private static final int PER_WRONG_CELL = 8;
  private static final int PER_RIGHT_CELL = 4;
  private static final int MOST_PICTURES = 400;

  /** Photographs are decoded for it, which takes long. */
  private static final int MOST_FILES = 120;

  private static final int MOST_CHARACTERS = 1_500_000;

  /** A cell of the confusion matrix. */
  private record Cell(int label, int predicted) {
    boolean isRight() {
      return label == predicted;
    }
  }

  /** Chooses images and makes pictures of them. */
  static Gallery of(Predictions predictions, ImageDataset images) {
    int most = images.isDecodedOnDemand() ? MOST_FILES : MOST_PICTURES;
    List<Integer> chosen = choice(predictions.evaluation()).stream().limit(most).toList();
    List<String> encoded =
        chosen.parallelStream().map(index -> Base64Png.of(images.image(index))).toList();
    Map<Integer, String> pictures = new TreeMap<>();
    int characters = 0;
    for (int i = 0; i < encoded.size(); i++) {
      characters += encoded.get(i).length();
      if (characters <= MOST_CHARACTERS) {
        pictures.put(chosen.get(i), encoded.get(i));
      }
    }
    return new Gallery(predictions, pictures);
  }

  /** Returns a gallery without pictures, for images that are not at hand. */
  static Gallery none(Predictions predictions) {
    return new Gallery(predictions, Map.of());
  }

  /** Returns the indices of images, those first that a report should not be without. */
  static Set<Integer> choice(Evaluation evaluation) {
    Set<Integer> chosen = new LinkedHashSet<>(evaluation.mostConfidentMistakes(MISTAKES));
    List<List<Integer>> cells = cells(evaluation);
    for (int round = 0; round < PER_WRONG_CELL; round++) {
      for (List<Integer> cell : cells) {
        boolean right = evaluation.results().get(cell.get(0)).correct();
        if (round < Math.min(cell.size(), right ? PER_RIGHT_CELL : PER_WRONG_CELL)) {
          chosen.add(cell.get(round));
        }
      }
    }
    return chosen;
  }

  /** Returns the images of each cell, the most confident first; wrong and large cells first. */
  private static List<List<Integer>> cells(Evaluation evaluation) {
    List<ImageResult> results = evaluation.results();
    Map<Cell, List<Integer>> cells =
        new TreeMap<>(
            Comparator.comparing(Cell::isRight)
                .thenComparing(Cell::label)
                .thenComparing(Cell::predicted));
    for (int i = 0; i < results.size(); i++) {
      Cell cell = new Cell(results.get(i).label(), results.get(i).predicted());
      cells.computeIfAbsent(cell, it -> new ArrayList<>()).add(i);
    }
    Comparator<Integer> byProbability =
        Comparator.comparingDouble(i -> -results.get(i).probability());
    cells.values().forEach(cell -> cell.sort(byProbability));
    return cells.values().stream()
        .sorted(
            Comparator.comparing((List<Integer> cell) -> results.get(cell.get(0)).correct())
                .thenComparing(cell -> -cell.size()))
        .toList();
  }

  /** Writes the pictures, in the order of their probabilities, and which are mistakes to show. */
  void write(JsonWriter json) {
    Evaluation evaluation = predictions.evaluation();
    List<Integer> order =
        pictures.keySet().stream()
            .sorted(Comparator.comparingDouble(i -> -evaluation.results().get(i).probability()))
            .toList();
    json.objects("pictures", order, this::picture);
    json.numbers(
        "mistakes",
        evaluation.mostConfidentMistakes(MISTAKES).stream()
            .map(order::indexOf)
            .filter(position -> position >= 0)
            .toList());
  }

  private void picture(JsonWriter json, int index) {
    ImageResult result = predictions.evaluation().results().get(index);
    json.number("index", index);
    if (!predictions.files().get(index).isEmpty()) {
      json.text("file", predictions.files().get(index));
    }
    json.number("label", result.label());
    json.number("predicted", result.predicted());
    json.number("probability", result.probability());
    json.number("label_probability", result.labelProbability());
    json.text("png", pictures.get(index));
  }
}
