package org.nin4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Numbers of which the median is taken. */
final class Measured {
  private static final double NANOS = 1e-9;

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** Takes the time of something, several times after it was done once. */
  static Measured seconds(int times, Callable<?> work) throws Exception {
    work.call();
    Measured seconds = new Measured();
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      work.call();
      seconds.add((System.nanoTime() - start) * NANOS);
    }
    return seconds;
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
