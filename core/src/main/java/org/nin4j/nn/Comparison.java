package org.nin4j.nn;

import java.util.List;

/**
 * Networks side by side; the others are measured against the first.
 *
 * @param summaries at least two
 */
public record Comparison(List<Summary> summaries) {

  /**
   * Checks that there is something to compare.
   *
   * @param summaries at least two
   * @throws IllegalArgumentException when there are fewer than two summaries
   */
  public Comparison {
    summaries = List.copyOf(summaries);
    if (summaries.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison needs at least 2 networks, but got " + summaries.size());
    }
  }

  /** {@return the network that every other one is measured against} */
  public Summary first() {
    return summaries.get(0);
  }
}
