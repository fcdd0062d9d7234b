package org.nin4j.bench.report;

import java.util.Locale;
import java.util.Optional;

/** Numbers as the tables print them. */
final class Numbers {
  static final String NOTHING = "-";

  private static final double MEBI = 1024 * 1024;

  private Numbers() {}

  /**
   * At least three digits, but no more than two after the decimal point: {@code 7.50}, {@code
   * 1,147}.
   */
  static String amount(double number) {
    double size = Math.abs(number);
    return decimal(number, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
  }

  /** {@code 51.2 [50.8-51.5]}. */
  static String spread(Spread spread) {
    return amount(spread.median()) + " " + range(spread);
  }

  /** {@code [50.8-51.5]}. */
  static String range(Spread spread) {
    return "[" + amount(spread.smallest()) + "-" + amount(spread.largest()) + "]";
  }

  /** {@code 2.31}. */
  static String ratio(double number) {
    return decimal(number, 2);
  }

  /** {@code 94.3 %}. */
  static String percent(double share) {
    return decimal(100 * share, 1) + " %";
  }

  /** {@code 1,260}; a dash when the bytes are not known. */
  static String mebibytes(long bytes) {
    return bytes <= 0 ? NOTHING : amount(bytes / MEBI);
  }

  static String decimal(double number, int places) {
    return String.format(Locale.ROOT, "%,." + places + "f", number);
  }

  static String orNothing(Optional<String> text) {
    return text.orElse(NOTHING);
  }
}
