package org.nin4j.train;

import java.util.List;

/**
 * How well a network classifies a set of images.
 *
 * @param images number of images
 * @param loss mean cross-entropy
 * @param accuracy fraction of the images that were classified correctly, 0 to 1
 * @param confusion the confusion matrix: {@code confusion.get(label).get(predicted)} is a number of
 *     images
 */
public record Evaluation(long images, double loss, double accuracy, List<List<Integer>> confusion) {
  /**
   * Returns the fraction of a class's images that were classified correctly.
   *
   * @param label index of the class, from 0
   * @return the recall, 0 to 1; NaN when there are no images of the class
   */
  public double recall(int label) {
    List<Integer> row = confusion.get(label);
    return (double) row.get(label) / row.stream().mapToInt(Integer::intValue).sum();
  }
}
