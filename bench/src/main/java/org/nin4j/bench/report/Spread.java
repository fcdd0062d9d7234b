package org.nin4j.bench.report;

import java.util.List;
import java.util.Optional;

/**
 * The median and the range of the rounds of one measurement.
 *
 * @param median the middle value; the mean of the two in the middle when their number is even
 */
record Spread(double median, double smallest, double largest) {

  /** Nothing when there was no round. */
  static Optional<Spread> of(List<Double> rounds) {
    if (rounds.isEmpty()) {
      return Optional.empty();
    }
    List<Double> sorted = rounds.stream().sorted().toList();
    int last = sorted.size() - 1;
    double median = (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
    return Optional.of(new Spread(median, sorted.get(0), sorted.get(last)));
  }
}
