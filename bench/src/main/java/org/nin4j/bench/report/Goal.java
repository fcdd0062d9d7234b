package org.nin4j.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A ratio with a limit, which every part must meet.
 *
 * @param what the ratio, in words
 * @param limit the value that the ratio must reach, or must not exceed
 * @param parts at least one
 */
record Goal(String what, Bound bound, double limit, List<Part> parts) {
  private static final String NOT_MEASURED = "not measured";

  enum Bound {
    AT_LEAST(">="),
    AT_MOST("<=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /**
   * One case.
   *
   * @param label what distinguishes it; empty for an only one
   */
  record Part(String label, Optional<Double> ratio) {
    private String text() {
      String number = ratio.map(r -> Numbers.decimal(r, 3)).orElse(NOT_MEASURED);
      return label.isEmpty() ? number : number + " (" + label + ")";
    }
  }

  Goal {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("the goal '" + what + "' has nothing to measure");
    }
    parts = List.copyOf(parts);
  }

  /** {@code >= 1.90}. */
  String target() {
    return bound.sign + " " + Numbers.decimal(limit, 2);
  }

  String measured() {
    return parts.stream().allMatch(part -> part.ratio().isEmpty())
        ? NOT_MEASURED
        : parts.stream().map(Part::text).collect(Collectors.joining(", "));
  }

  /** One part that fails is enough for a no; a yes needs them all. */
  String met() {
    if (parts.stream().anyMatch(part -> part.ratio().filter(ratio -> !holds(ratio)).isPresent())) {
      return "no";
    }
    return parts.stream().allMatch(part -> part.ratio().isPresent()) ? "yes" : NOT_MEASURED;
  }

  private boolean holds(double ratio) {
    return bound == Bound.AT_LEAST ? ratio >= limit : ratio <= limit;
  }
}
