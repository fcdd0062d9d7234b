package org.nin4j.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The part of a file between two marks.
 *
 * @param begin the line before it
 * @param end the line after it
 */
record MarkedText(String begin, String end) {

  /**
   * Replaces the text between the marks.
   *
   * @throws IOException when the file cannot be read or written, or does not hold each mark once,
   *     in this order; it is then as it was
   */
  void replace(Path file, String text) throws IOException {
    String old = Files.readString(file);
    int from = only(file, old, begin) + begin.length();
    int to = only(file, old, end);
    if (to < from) {
      throw new IOException(file + ": " + end + " stands before " + begin + "; swap them");
    }
    String changed = old.substring(0, from) + "\n" + text.strip() + "\n" + old.substring(to);
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(temporary, changed);
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int only(Path file, String text, String mark) throws IOException {
    int at = text.indexOf(mark);
    if (at < 0 || text.indexOf(mark, at + 1) >= 0) {
      throw new IOException(
          file
              + ": "
              + mark
              + (at < 0 ? " is missing" : " stands there more than once")
              + "; put it there once");
    }
    return at;
  }
}
