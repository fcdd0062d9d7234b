package org.nin4j.bench.serving;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.nin4j.bench.load.LoadResult;

/** The sums of a {@link SoakMeasurement}. */
final class SoakResult {
  private final double requestsPerSecond;
  private final Growth growth;
  private long good;
  private long others;
  private long wrong;

  SoakResult(double requestsPerSecond, Growth growth) {
    this.requestsPerSecond = requestsPerSecond;
    this.growth = growth;
  }

  void add(LoadResult minute) {
    good += minute.good().count() - minute.wrong();
    wrong += minute.wrong();
    others += minute.answers() - minute.good().count() + minute.broken();
  }

  /** Medians of the first and the last third, which a single collection does not move. */
  private String change(String what, double unit, ToLongFunction<Growth.State> value) {
    List<Growth.State> states = growth.states();
    int third = Math.max(1, states.size() / 3);
    return String.format(
        Locale.ROOT,
        "%s %.1f -> %.1f",
        what,
        median(states.subList(0, third), value) / unit,
        median(states.subList(states.size() - third, states.size()), value) / unit);
  }

  private static double median(List<Growth.State> states, ToLongFunction<Growth.State> value) {
    return Median.of(
        states.stream()
            .map(value::applyAsLong)
            .map(Long::doubleValue)
            .sorted(Comparator.naturalOrder())
            .toList());
  }

  @Override
  public String toString() {
    double mebi = 1 << 20;
    return String.format(
        Locale.ROOT,
        "soak at %.0f requests/s: %d good answers, %d wrong, %d refused or broken; first and last"
            + " third: %s, %s, %s",
        requestsPerSecond,
        good,
        wrong,
        others,
        change("resident MiB", mebi, Growth.State::resident),
        change("heap MiB", mebi, Growth.State::heap),
        change("threads", 1, Growth.State::threads));
  }
}
