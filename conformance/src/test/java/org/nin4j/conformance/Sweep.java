package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Compares many cases with PyTorch; each of the first failures of a kind is shrunk to its smallest
 * version.
 */
final class Sweep {
  private static final int SHRUNK_PER_KIND = 2;

  private final TorchComparison comparison;
  private final Tolerances tolerances;
  private final WorstDeviations worst = new WorstDeviations();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> shrunk = new HashMap<>();

  Sweep(TorchComparison comparison, Tolerances tolerances) {
    this.comparison = comparison;
    this.tolerances = tolerances;
  }

  /**
   * Runs the cases of seeds 0 to {@code count} - 1, except those in a precision that is not
   * supported.
   */
  void run(int count, LongFunction<LayerCase> cases, Function<LayerCase, String> kind) {
    for (long seed = 0; seed < count; seed++) {
      LayerCase each = cases.apply(seed);
      if (!comparison.supports(each.precision())) {
        continue;
      }
      List<Deviation> deviations = comparison.compare(each.trial(), each.precision(), tolerances);
      worst.add(kind.apply(each), each.precision(), deviations);
      if (deviations.stream().anyMatch(Deviation::isDefect)) {
        String ofKind = kind.apply(each);
        boolean shrink = shrunk.merge(ofKind, 1, Integer::sum) <= SHRUNK_PER_KIND;
        failures.add(shrink ? smallest(each) : each.toString());
      }
    }
  }

  private String smallest(LayerCase failing) {
    LayerCase small = new Shrinker(this::fails).smallest(failing);
    StringBuilder text = new StringBuilder(failing + "\n  smallest version: " + small);
    comparison.compare(small.trial(), small.precision(), tolerances).stream()
        .filter(Deviation::isDefect)
        .forEach(deviation -> text.append("\n    ").append(deviation));
    return text.toString();
  }

  private boolean fails(LayerCase candidate) {
    return comparison.compare(candidate.trial(), candidate.precision(), tolerances).stream()
        .anyMatch(Deviation::isDefect);
  }

  WorstDeviations worst() {
    return worst;
  }

  /** One text for each failing case; empty when all agree. */
  List<String> failures() {
    return failures;
  }
}
