package org.nin4j.train;

import java.util.List;

/**
 * How well a network does on a set of images.
 *
 * @param images how many
 * @param loss mean cross-entropy
 * @param accuracy part that was classified right, 0 to 1
 * @param confusion confusion.get(label).get(predicted): how many
 */
public record Evaluation(long images, double loss, double accuracy, List<List<Integer>> confusion) {
  /** Part of a class's images that was classified right, 0 to 1; NaN without such images. */
  public double recall(int label) {
    List<Integer> row = confusion.get(label);
    return (double) row.get(label) / row.stream().mapToInt(Integer::intValue).sum();
  }
}
