package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Compares errors with their tolerances, and keeps the worst of each row for the report. */
public final class ErrorTable {
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private static final class Row {
    long comparisons;
    double worst;
    double error;
    double tolerance = Double.NaN;
  }

  /**
   * Compares an error with its tolerance, and fails when it is above it or NaN.
   *
   * @param row the row of the table
   * @param what what was compared, for the message of a failure
   */
  public void check(String row, double error, double tolerance, Supplier<String> what) {
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
              Locale.ROOT,
              "%s, %s: error %.3g, tolerance %.3g",
              row,
              what.get(),
              error,
              tolerance));
    }
  }

  /** Returns the number of comparisons in a row. */
  public long comparisons(String row) {
    return rows.containsKey(row) ? rows.get(row).comparisons : 0;
  }

  /** Returns the table in Markdown. */
  public String table(String heading) {
    StringBuilder table =
        new StringBuilder("| " + heading + " | comparisons | worst error | its tolerance |\n");
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
