package org.nin4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a classifier makes of an image.
 *
 * @param ranking all classes, at least one, the most probable first
 */
public record Prediction(List<Ranked> ranking) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when it is empty
   */
  public Prediction {
    ranking = List.copyOf(ranking);
    if (ranking.isEmpty()) {
      throw new IllegalArgumentException("a prediction ranks at least one class");
    }
  }

  /**
   * One class.
   *
   * @param label its name
   * @param probability softmax of the logits, 0 to 1
   */
  public record Ranked(String label, float probability) {}

  /** The most probable class. */
  public String label() {
    return ranking.get(0).label();
  }

  /** Probability of the most probable class, 0 to 1. */
  public float probability() {
    return ranking.get(0).probability();
  }

  /**
   * The most probable classes.
   *
   * @param count how many, at least 0; all when there are fewer
   * @throws IllegalArgumentException when the count is negative
   */
  public List<Ranked> top(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("there are no first " + count + " classes");
    }
    return ranking.subList(0, Math.min(count, ranking.size()));
  }

  static Prediction of(float[] probabilities, List<String> labels) {
    List<Ranked> ranking = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      ranking.add(new Ranked(labels.get(c), probabilities[c]));
    }
    ranking.sort(Comparator.comparing(Ranked::probability).reversed());
    return new Prediction(ranking);
  }
}
