package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Many cases put to a judge, entered in a ledger; of those that fail the smallest version is kept.
 */
final class Sweep {
  private static final int SHRUNK_PER_KIND = 2;

  private final Judge judge;
  private final Allowances allowances;
  private final Ledger ledger = new Ledger();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> shrunk = new HashMap<>();

  Sweep(Judge judge, Allowances allowances) {
    this.judge = judge;
    this.allowances = allowances;
  }

  /**
   * Tries the cases of seeds 0 to {@code count} - 1; those in a precision nobody supports are left
   * out.
   */
  void run(int count, LongFunction<Case> cases, Function<Case, String> kind) {
    for (long seed = 0; seed < count; seed++) {
      Case each = cases.apply(seed);
      if (!judge.supports(each.precision())) {
        continue;
      }
      List<Deviation> deviations = judge.judge(each.trial(), each.precision(), allowances);
      ledger.enter(kind.apply(each), each.precision(), deviations);
      if (deviations.stream().anyMatch(Deviation::isDefect)) {
        String ofKind = kind.apply(each);
        boolean shrink = shrunk.merge(ofKind, 1, Integer::sum) <= SHRUNK_PER_KIND;
        failures.add(shrink ? smallest(each) : each.toString());
      }
    }
  }

  private String smallest(Case failing) {
    Case small = new Shrinker(this::fails).smallest(failing);
    StringBuilder text = new StringBuilder(failing + "\n  smallest version: " + small);
    judge.judge(small.trial(), small.precision(), allowances).stream()
        .filter(Deviation::isDefect)
        .forEach(deviation -> text.append("\n    ").append(deviation));
    return text.toString();
  }

  private boolean fails(Case candidate) {
    return judge.judge(candidate.trial(), candidate.precision(), allowances).stream()
        .anyMatch(Deviation::isDefect);
  }

  Ledger ledger() {
    return ledger;
  }

  /** In words; none when all agree. */
  List<String> failures() {
    return failures;
  }
}
