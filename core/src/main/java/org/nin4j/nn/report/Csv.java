package org.nin4j.nn.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of comma-separated values (RFC 4180, but with a plain line feed). */
final class Csv {
  private Csv() {}

  static String line(Object... cells) {
    return line(Arrays.asList(cells));
  }

  static String line(List<?> cells) {
    return cells.stream().map(Object::toString).map(Csv::quoted).collect(Collectors.joining(","))
        + "\n";
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
