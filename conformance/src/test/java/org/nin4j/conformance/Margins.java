package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Errors compared with their tolerances, and the worst of each row, for the report. */
public final class Margins {
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private static final class Row {
    long comparisons;
    double worst;
    double error;
    double tolerance = Double.NaN;
  }

  /**
   * Enters a comparison.
   *
   * @param row of the table
   * @param what was compared, for the message when the error is above the tolerance, or NaN
   */
  public void hold(String row, double error, double tolerance, Supplier<String> what) {
    Row entry = rows.computeIfAbsent(row, key -> new Row());
    entry.comparisons++;
    double ratio = error == 0 ? 0 : error / tolerance;
    if (Double.isNaN(entry.tolerance) || ratio > entry.worst) {
      entry.worst = ratio;
      entry.error = error;
      entry.tolerance = tolerance;
    }
    if (!(ratio <= 1)) {
      fail(
          String.format(
              Locale.ROOT, "%s, %s: off by %.3g, %.3g allowed", row, what.get(), error, tolerance));
    }
  }

  /** How many comparisons a row has. */
  public long comparisons(String row) {
    return rows.containsKey(row) ? rows.get(row).comparisons : 0;
  }

  /** A table in Markdown. */
  public String table(String heading) {
    StringBuilder table =
        new StringBuilder("| " + heading + " | comparisons | worst error | of its tolerance |\n");
    table.append("|---|---|---|---|\n");
    rows.forEach(
        (name, row) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %,d | %s | %.1e |%n",
                    name,
                    row.comparisons,
                    row.error == 0 ? "exact" : String.format(Locale.ROOT, "%.1e", row.error),
                    row.tolerance)));
    return table.toString();
  }
}
