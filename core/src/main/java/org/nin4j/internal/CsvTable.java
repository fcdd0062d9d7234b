package org.nin4j.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;

/**
 * A table in a file of comma-separated values: a header with the names of the columns, and a line
 * for each row.
 *
 * @param columns the names of the columns
 * @param remedy what to do about a damaged file, as the end of a message
 */
public record CsvTable(List<String> columns, String remedy) {
  private static final int LARGEST_FILE = 1024; // MiB

  /** Copies the columns. */
  public CsvTable {
    columns = List.copyOf(columns);
  }

  /** Makes something of a row. */
  @FunctionalInterface
  public interface RowReader<T> {
    /** Returns it, or says what is wrong with the row. */
    T read(CsvRow row) throws InvalidFileException;
  }

  /** Returns the first line of the file. */
  public String header() {
    return Csv.line(columns);
  }

  /**
   * Reads all rows.
   *
   * @param appended whether the file is written line by line; then a last line without its end is
   *     left out, because it is still being written, or its process was killed
   * @throws InvalidFileException when the header is another one, or a row is not as it should be
   * @throws IOException when the file is missing or cannot be read
   */
  public <T> List<T> read(Path file, boolean appended, RowReader<T> reader) throws IOException {
    String text = TextFile.read(file, LARGEST_FILE);
    if (!text.startsWith(header())) {
      throw invalid(file, "line 1 must be '" + header().strip() + "'");
    }
    List<T> rows = new ArrayList<>();
    CsvLines lines = new CsvLines(text);
    lines.next(); // the header
    for (Optional<CsvLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      rows.add(reader.read(row(file, line.get())));
    }
    if (!lines.isAtEnd() && !appended) {
      throw invalid(file, "the last line is cut off");
    }
    return rows;
  }

  private CsvRow row(Path file, CsvLines.Line line) throws InvalidFileException {
    CsvRow row = new CsvRow(file, line.number(), this, line.cells());
    if (!line.wellFormed()) {
      throw row.defect("a quotation mark is out of place");
    }
    if (line.cells().size() != columns.size()) {
      throw row.defect("must have " + columns.size() + " cells, but has " + line.cells().size());
    }
    return row;
  }

  /** Returns a complaint about a file, with what to do about it. */
  InvalidFileException invalid(Path file, String complaint) {
    return new InvalidFileException(file, complaint + "; " + remedy, null);
  }
}
