package org.nin4j.tracking.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.error.InvalidFileException;

/** Splits comma-separated values (RFC 4180), in which cells may be quoted. */
final class CsvText {
  private CsvText() {}

  /**
   * Splits a text into lines of cells.
   *
   * @param file the file that it is from, for messages
   * @throws InvalidFileException when a quote is not closed, or a line has another number of cells
   *     than the first
   */
  static List<List<String>> lines(Path file, String text) throws InvalidFileException {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append(text.charAt(++i));
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        line.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          require(file, lines, line);
          lines.add(line);
          line = new ArrayList<>();
        }
      } else {
        cell.append(c);
      }
    }
    if (quoted || cell.length() > 0 || !line.isEmpty()) {
      throw new InvalidFileException(file, "the last line is cut off; delete the file", null);
    }
    return lines;
  }

  private static void require(Path file, List<List<String>> lines, List<String> line)
      throws InvalidFileException {
    if (!lines.isEmpty() && line.size() != lines.get(0).size()) {
      throw new InvalidFileException(
          file,
          "row "
              + lines.size()
              + " must have "
              + lines.get(0).size()
              + " cells, but has "
              + line.size()
              + "; delete the file",
          null);
    }
  }
}
