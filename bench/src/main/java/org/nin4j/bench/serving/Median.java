package org.nin4j.bench.serving;

import java.util.List;

/** The middle of repeated measurements; the mean of the two in the middle of an even number. */
final class Median {
  private Median() {}

  static double of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int last = sorted.size() - 1;
    return (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
  }
}
