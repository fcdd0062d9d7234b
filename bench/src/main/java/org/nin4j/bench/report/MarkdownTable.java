package org.nin4j.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown: the first columns are text, aligned left, the others are aligned right. */
final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();
  private final int columns;
  private int lines;

  MarkdownTable(int leftColumns, List<String> header) {
    this.columns = header.size();
    List<String> alignments = new ArrayList<>(Collections.nCopies(leftColumns, "---"));
    alignments.addAll(Collections.nCopies(columns - leftColumns, "---:"));
    row(header);
    row(alignments);
  }

  void row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells does not fit a table of " + columns + " columns");
    }
    List<String> escaped = cells.stream().map(cell -> cell.replace("|", "\\|")).toList();
    lines++;
    text.append("| ").append(String.join(" | ", escaped)).append(" |\n");
  }

  /** The table, or a sentence when it has no rows. */
  @Override
  public String toString() {
    return lines == 2 ? "Not measured.\n" : text.toString();
  }
}
