package org.nin4j.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits comma-separated values (RFC 4180) as {@link Csv} writes them into lines of cells. */
final class CsvLines {
  private static final int CUT_OFF = -1;

  private final String text;
  private int position;
  private int number = 1;
  private boolean wellFormed;

  /**
   * A line of cells, which is one of text unless there are line breaks in its cells.
   *
   * @param number number of its first line of text, from 1
   * @param wellFormed whether quotation marks are only around cells, and doubled in them
   * @param cells the cells without their quotation marks
   */
  record Line(int number, boolean wellFormed, List<String> cells) {}

  CsvLines(String text) {
    this.text = text;
  }

  /** Returns the next line; empty at the end of the text, and for a line without its end. */
  Optional<Line> next() {
    List<String> cells = new ArrayList<>();
    wellFormed = true;
    int end = position - 1;
    do {
      int start = end + 1;
      boolean quoted = start < text.length() && text.charAt(start) == '"';
      end = quoted ? addQuoted(start, cells) : addPlain(start, cells);
      if (end == CUT_OFF) {
        return Optional.empty();
      }
    } while (text.charAt(end) == ',');
    Line line = new Line(number, wellFormed, cells);
    number += (int) text.substring(position, end + 1).chars().filter(c -> c == '\n').count();
    position = end + 1;
    return Optional.of(line);
  }

  /** Whether there is nothing after the last line. */
  boolean isAtEnd() {
    return position == text.length();
  }

  /** Adds a cell, and returns the index of the comma or line break behind it. */
  private int addPlain(int start, List<String> cells) {
    int end = start;
    while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != '\n') {
      wellFormed &= text.charAt(end) != '"';
      end++;
    }
    cells.add(text.substring(start, end));
    return end < text.length() ? end : CUT_OFF;
  }

  /** Does the same for a cell in quotation marks. */
  private int addQuoted(int start, List<String> cells) {
    StringBuilder cell = new StringBuilder();
    int part = start + 1;
    int quote = text.indexOf('"', part);
    while (quote >= 0 && text.startsWith("\"\"", quote)) {
      cell.append(text, part, quote + 1);
      part = quote + 2;
      quote = text.indexOf('"', part);
    }
    if (quote < 0) {
      return CUT_OFF;
    }
    cell.append(text, part, quote);
    List<String> rest = new ArrayList<>();
    int end = addPlain(quote + 1, rest);
    wellFormed &= rest.get(0).isEmpty();
    cells.add(cell.toString());
    return end;
  }
}
