package org.nin4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a model classified a set of images.
 *
 * @param classes the names of the classes
 * @param results the result of each image, in the order of the images
 */
public record Evaluation(List<String> classes, List<ImageResult> results) {
  /**
   * Creates an evaluation.
   *
   * @param classes the names of the classes
   * @param results the result of each image, at least one
   * @throws IllegalArgumentException when there are no results
   */
  public Evaluation {
    classes = List.copyOf(classes);
    results = List.copyOf(results);
    if (results.isEmpty()) {
      throw new IllegalArgumentException("an evaluation needs at least one image");
    }
  }

  /**
   * Returns the number of images.
   *
   * @return the number of results
   */
  public int images() {
    return results.size();
  }

  /**
   * Returns the mean loss.
   *
   * @return the mean cross-entropy of the images
   */
  public double loss() {
    double sum = 0;
    for (ImageResult result : results) {
      sum += result.loss();
    }
    return sum / results.size();
  }

  /**
   * Returns the accuracy.
   *
   * @return the fraction of the images that were classified correctly, 0 to 1
   */
  public double accuracy() {
    return (double) results.stream().filter(ImageResult::correct).count() / results.size();
  }

  /**
   * Returns the confusion matrix.
   *
   * @return {@code confusion.get(label).get(predicted)} is a number of images
   */
  public List<List<Integer>> confusion() {
    int[][] counts = new int[classes.size()][classes.size()];
    for (ImageResult result : results) {
      counts[result.label()][result.predicted()]++;
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return rows;
  }

  /**
   * Returns the fraction of a class's images that were classified correctly.
   *
   * @param label index of the class, from 0
   * @return the recall, 0 to 1; NaN when there are no images of the class
   */
  public double recall(int label) {
    List<Integer> row = confusion().get(label);
    return (double) row.get(label) / row.stream().mapToInt(Integer::intValue).sum();
  }
}
