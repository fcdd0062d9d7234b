package org.nin4j.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines of comma-separated values (RFC 4180, but with a plain line feed at the end). */
public final class Csv {
  private Csv() {}

  /** A line of cells, each as its {@code toString} says, in quotes where it needs them. */
  public static String line(Object... cells) {
    return line(Arrays.asList(cells));
  }

  /** A line of cells, each as its {@code toString} says, in quotes where it needs them. */
  public static String line(List<?> cells) {
    return cells.stream().map(Object::toString).map(Csv::quoted).collect(Collectors.joining(","))
        + "\n";
  }

  /** Formats a number with a fixed number of digits after a decimal point, in any locale. */
  public static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
