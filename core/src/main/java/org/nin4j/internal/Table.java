package org.nin4j.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Cells in columns: the first {@code leftColumns} columns are text, aligned left, the others are
 * numbers, aligned right.
 */
public final class Table {
  private static final String GAP = "  ";

  private final int leftColumns;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Creates a table without rows.
   *
   * @param leftColumns how many columns, from the first, are text
   * @param header one for each column
   */
  public Table(int leftColumns, String... header) {
    this.leftColumns = leftColumns;
    this.header = List.of(header);
  }

  /**
   * Adds a row.
   *
   * @param cells one cell for each column
   */
  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** Adds a horizontal rule; Markdown leaves it out. */
  public void rule() {
    rows.add(List.of());
  }

  /** {@return the table as lines of aligned text, each ending with a line break} */
  public String text() {
    int[] widths = new int[header.size()];
    measure(header, widths);
    rows.forEach(row -> measure(row, widths));
    String rule =
        "-".repeat(java.util.Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1));
    StringBuilder text = new StringBuilder();
    text.append(line(header, widths)).append(rule).append('\n');
    rows.forEach(row -> text.append(row.isEmpty() ? rule + "\n" : line(row, widths)));
    return text.toString();
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < cells.size(); i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blank = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(i < leftColumns ? cells.get(i) + blank : blank + cells.get(i));
    }
    return line.toString().stripTrailing() + "\n";
  }

  /** {@return the table in GitHub's Markdown} */
  public String markdown() {
    List<String> alignments = new ArrayList<>(Collections.nCopies(leftColumns, "---"));
    alignments.addAll(Collections.nCopies(header.size() - leftColumns, "---:"));
    StringBuilder text = new StringBuilder();
    text.append(markdownLine(header)).append(markdownLine(alignments));
    rows.stream().filter(row -> !row.isEmpty()).forEach(row -> text.append(markdownLine(row)));
    return text.toString();
  }

  private static String markdownLine(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
        + " |\n";
  }
}
