package org.nin4j.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.nin4j.error.InvalidFileException;

/**
 * A row of a table, which is read by the names of its columns.
 *
 * @param file the file that the row is in, for messages
 * @param line number of its first line in the file, from 1
 * @param table the table
 * @param cells the cells, one for each column
 */
public record CsvRow(Path file, int line, CsvTable table, List<String> cells) {
  private static final Pattern WHOLE = Pattern.compile("0|[1-9]\\d{0,8}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  /** Returns whether the cell of a column is empty. */
  public boolean isEmpty(String column) {
    return text(column).isEmpty();
  }

  /** Returns a text. */
  public String text(String column) {
    return cells.get(table.columns().indexOf(column));
  }

  /** Returns a whole number that is not below another one. */
  public int intAtLeast(String column, int least) throws InvalidFileException {
    String cell = text(column);
    int value = WHOLE.matcher(cell).matches() ? Integer.parseInt(cell) : -1;
    if (value < least) {
      throw wrong(column, "a whole number from " + least, cell);
    }
    return value;
  }

  /** Returns a finite number. */
  public double number(String column) throws InvalidFileException {
    String cell = text(column);
    double value = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw wrong(column, "a number", cell);
    }
    return value;
  }

  private InvalidFileException wrong(String column, String wanted, String cell) {
    return defect(column + " must be " + wanted + ", but is " + Quoted.text(cell));
  }

  /** Returns a complaint about the row. */
  public InvalidFileException defect(String complaint) {
    return table.invalid(file, "line " + line + ": " + complaint);
  }
}
