package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Csv;
import org.nin4j.internal.TextFile;

/**
 * A table of numbers in a file: a header with the names of the columns, and a line for each row.
 *
 * @param columns the names of the columns
 */
record CsvTable(List<String> columns) {
  private static final int LARGEST_FILE = 1024; // MiB

  /** Makes something of a row. */
  @FunctionalInterface
  interface RowReader<T> {
    /** Returns it, or says what is wrong with the row. */
    T read(CsvRow row) throws InvalidFileException;
  }

  /** Returns the first line of the file. */
  String header() {
    return Csv.line(columns);
  }

  /**
   * Reads all rows.
   *
   * @param appended whether the file is written line by line; then a last line without its end is
   *     left out, because the training is still writing it or was killed
   * @throws InvalidFileException when the header is another one, or a row is not as it should be
   * @throws IOException when the file is missing or cannot be read
   */
  <T> List<T> read(Path file, boolean appended, RowReader<T> reader) throws IOException {
    String text = TextFile.read(file, LARGEST_FILE);
    if (!text.startsWith(header())) {
      throw new InvalidFileException(
          file, "line 1 must be '" + header().strip() + "'; restore the file", null);
    }
    List<T> rows = new ArrayList<>();
    int number = 1;
    int start = header().length();
    for (int end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
      number++;
      rows.add(reader.read(CsvRow.of(file, number, columns, text.substring(start, end))));
      start = end + 1;
    }
    if (start < text.length() && !appended) {
      throw new InvalidFileException(file, "the last line is cut off; restore the file", null);
    }
    return rows;
  }
}
