package org.nin4j.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.engine.Precision;

/**
 * Counts the cases of each kind and keeps the worst deviation of each implementation, for the
 * report.
 */
final class WorstDeviations {
  private static final List<String> COLUMNS =
      List.of(
          TorchComparison.ONEDNN,
          TorchComparison.REFERENCE,
          TorchComparison.PYTORCH,
          TorchComparison.ONNX_RUNTIME);

  private final Map<String, Row> rows = new TreeMap<>();

  private static final class Row {
    int cases;
    final Map<String, Deviation> worst = new LinkedHashMap<>();
  }

  /** Adds a case with the deviation of each implementation. */
  void add(String kind, Precision precision, List<Deviation> deviations) {
    Row row = rows.computeIfAbsent(kind + " | " + precision, key -> new Row());
    row.cases++;
    for (Deviation each : deviations) {
      row.worst.merge(each.implementation(), each, (a, b) -> b.ratio() > a.ratio() ? b : a);
    }
  }

  /** The number of cases. */
  int cases() {
    return rows.values().stream().mapToInt(row -> row.cases).sum();
  }

  /**
   * Returns the table in Markdown.
   *
   * @param kinds the heading of the first column, which names the kind of case
   */
  String table(String kinds) {
    StringBuilder table = new StringBuilder("| " + kinds + " | precision | cases |");
    COLUMNS.forEach(column -> table.append(' ').append(column).append(" |"));
    table.append("\n|---|---|---|").append("---|".repeat(COLUMNS.size())).append('\n');
    rows.forEach(
        (name, row) -> {
          table.append("| ").append(name).append(" | ").append(row.cases).append(" |");
          for (String column : COLUMNS) {
            table.append(' ').append(cell(row.worst.get(column))).append(" |");
          }
          table.append('\n');
        });
    return table.toString();
  }

  private static String cell(Deviation worst) {
    if (worst == null) {
      return "-";
    }
    if (worst.error() == 0) {
      return "exact";
    }
    return String.format(
        Locale.ROOT, "%.1e of %.1e (%s)", worst.error(), worst.tolerance(), brief(worst.array()));
  }

  /** The name of an array without the path of its layer. */
  private static String brief(String array) {
    return array.replaceAll("[0-9.]+\\.", "");
  }
}
