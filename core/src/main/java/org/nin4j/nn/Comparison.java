package org.nin4j.nn;

import java.util.List;

/** Networks side by side; the others are measured against the first. */
public record Comparison(List<Summary> summaries) {

  public Comparison {
    summaries = List.copyOf(summaries);
    if (summaries.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison needs at least 2 networks, but got " + summaries.size());
    }
  }

  /** Each network at the input that it is meant for. */
  public static Comparison of(Network... networks) {
    return new Comparison(List.of(networks).stream().map(Summary::of).toList());
  }

  /** What every other network is measured against. */
  public Summary first() {
    return summaries.get(0);
  }
}
