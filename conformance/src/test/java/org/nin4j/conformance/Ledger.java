package org.nin4j.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.engine.Precision;

/** The cases tried, and the worst deviation of each kind of case, for the report. */
final class Ledger {
  private static final List<String> COLUMNS =
      List.of(Judge.ONEDNN, Judge.REFERENCE, Judge.PYTORCH, Judge.ONNX_RUNTIME);

  private final Map<String, Row> rows = new TreeMap<>();

  private static final class Row {
    int cases;
    final Map<String, Deviation> worst = new LinkedHashMap<>();
  }

  /** Enters a case. */
  void enter(String kind, Precision precision, List<Deviation> deviations) {
    Row row = rows.computeIfAbsent(kind + " | " + precision, key -> new Row());
    row.cases++;
    for (Deviation each : deviations) {
      row.worst.merge(each.who(), each, (a, b) -> b.ratio() > a.ratio() ? b : a);
    }
  }

  /** All cases. */
  int cases() {
    return rows.values().stream().mapToInt(row -> row.cases).sum();
  }

  /**
   * A table in Markdown.
   *
   * @param kinds what the kinds of cases are
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
        Locale.ROOT, "%.1e of %.1e (%s)", worst.error(), worst.allowance(), brief(worst.array()));
  }

  /** What it is, without the layer. */
  private static String brief(String array) {
    return array.replaceAll("[0-9.]+\\.", "");
  }
}
