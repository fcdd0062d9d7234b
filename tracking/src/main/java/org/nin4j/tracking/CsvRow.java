package org.nin4j.tracking;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;

/**
 * A line of a table of numbers, which are read by the names of their columns.
 *
 * @param file the file that the line is in, for messages
 * @param line number of the line in the file, from 1
 * @param columns the names of the columns
 * @param cells the cells, one for each column
 */
record CsvRow(Path file, int line, List<String> columns, List<String> cells) {
  private static final Pattern WHOLE = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  /** Splits a line, which has no quotes because there are only numbers in it. */
  static CsvRow of(Path file, int line, List<String> columns, String text)
      throws InvalidFileException {
    List<String> cells = List.of(text.split(",", -1));
    if (cells.size() != columns.size()) {
      throw defect(file, line, "must have " + columns.size() + " cells, but has " + cells.size());
    }
    return new CsvRow(file, line, columns, cells);
  }

  /** Returns whether the cell of a column is empty. */
  boolean isEmpty(String column) {
    return cell(column).isEmpty();
  }

  /** Returns a whole number from 1. */
  int count(String column) throws InvalidFileException {
    String cell = cell(column);
    if (!WHOLE.matcher(cell).matches()) {
      throw wrong(column, "a whole number from 1", cell);
    }
    return Integer.parseInt(cell);
  }

  /** Returns a finite number. */
  double number(String column) throws InvalidFileException {
    String cell = cell(column);
    double value = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw wrong(column, "a number", cell);
    }
    return value;
  }

  private String cell(String column) {
    return cells.get(columns.indexOf(column));
  }

  private InvalidFileException wrong(String column, String wanted, String cell) {
    return defect(column + " must be " + wanted + ", but is " + Quoted.text(cell));
  }

  /** Returns a complaint about the line. */
  InvalidFileException defect(String complaint) {
    return defect(file, line, complaint);
  }

  private static InvalidFileException defect(Path file, int line, String complaint) {
    return new InvalidFileException(
        file, "line " + line + ": " + complaint + "; restore the file", null);
  }
}
