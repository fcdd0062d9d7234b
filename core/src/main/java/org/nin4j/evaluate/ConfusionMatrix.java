package org.nin4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each other one.
 *
 * @param classes the names of the classes
 * @param counts {@code counts.get(label).get(predicted)} is the number of images of class {@code
 *     label} that were taken for class {@code predicted}
 */
public record ConfusionMatrix(List<String> classes, List<List<Integer>> counts) {
  /**
   * Copies and checks the counts.
   *
   * @param classes the names of the classes
   * @param counts {@code counts.get(label).get(predicted)} is the number of images of class {@code
   *     label} that were taken for class {@code predicted}
   * @throws IllegalArgumentException when there is not a row and a column for each class
   */
  public ConfusionMatrix {
    classes = List.copyOf(classes);
    counts = counts.stream().map(List::copyOf).toList();
    int size = classes.size();
    if (counts.size() != size || counts.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException(
          "a confusion matrix of " + size + " classes needs as many rows and columns");
    }
  }

  static ConfusionMatrix of(List<String> classes, List<ImageResult> results) {
    Integer[][] counts = new Integer[classes.size()][classes.size()];
    for (Integer[] row : counts) {
      Arrays.fill(row, 0);
    }
    for (ImageResult result : results) {
      counts[result.label()][result.predicted()]++;
    }
    return new ConfusionMatrix(classes, Arrays.stream(counts).map(List::of).toList());
  }

  /**
   * Returns a count.
   *
   * @param label index of the class of the images, from 0
   * @param predicted index of the class that they were taken for, from 0
   * @return number of images
   */
  public int count(int label, int predicted) {
    return counts.get(label).get(predicted);
  }

  /**
   * Returns the figures of a class.
   *
   * @param label index of the class, from 0
   * @return its counts, precision, recall and F1
   */
  public ClassFigures of(int label) {
    int images = counts.get(label).stream().mapToInt(Integer::intValue).sum();
    int predicted = counts.stream().mapToInt(row -> row.get(label)).sum();
    return new ClassFigures(classes.get(label), images, predicted, count(label, label));
  }

  /** {@return the figures of each class, in the order of the classes} */
  public List<ClassFigures> perClass() {
    return IntStream.range(0, classes.size()).mapToObj(this::of).toList();
  }

  /**
   * Returns the other class that the images of a class were most often taken for.
   *
   * @param label index of the class, from 0
   * @return index of the other class, the first of several; empty when no image of the class was
   *     taken for another one
   */
  public OptionalInt mostOftenTakenFor(int label) {
    int worst = -1;
    for (int c = 0; c < classes.size(); c++) {
      if (c != label && count(label, c) > (worst < 0 ? 0 : count(label, worst))) {
        worst = c;
      }
    }
    return worst < 0 ? OptionalInt.empty() : OptionalInt.of(worst);
  }

  /**
   * Returns the macro-averaged precision.
   *
   * @return the mean precision of the classes that have images, where a class that no image was
   *     taken for counts as 0; NaN when there are no images
   */
  public double macroPrecision() {
    return macro(figures -> figures.predicted() == 0 ? 0 : figures.precision());
  }

  /**
   * Returns the macro-averaged recall, also called the balanced accuracy.
   *
   * @return the mean recall of the classes that have images; NaN when there are no images
   */
  public double macroRecall() {
    return macro(ClassFigures::recall);
  }

  /**
   * Returns the macro-averaged F1.
   *
   * @return the mean F1 of the classes that have images; NaN when there are no images
   */
  public double macroF1() {
    return macro(ClassFigures::f1);
  }

  private double macro(ToDoubleFunction<ClassFigures> figure) {
    return perClass().stream()
        .filter(figures -> figures.images() > 0)
        .mapToDouble(figure)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Returns the counts of each row as fractions of the images of its class.
   *
   * @return {@code rows.get(label).get(predicted)}, 0 to 1; the sum of a row is 1. The row of a
   *     class without images is all NaN
   */
  public List<List<Double>> normalizedRows() {
    List<List<Double>> rows = new ArrayList<>();
    for (List<Integer> row : counts) {
      double images = row.stream().mapToInt(Integer::intValue).sum();
      rows.add(row.stream().map(count -> count / images).toList());
    }
    return rows;
  }
}
