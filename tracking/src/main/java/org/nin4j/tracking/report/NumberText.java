package org.nin4j.tracking.report;

import java.util.Locale;

/** Numbers as a page shows them, in English. */
final class NumberText {
  private NumberText() {}

  /** Returns a fraction of 1 in percent, such as {@code 97.25%}. */
  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * fraction);
  }

  /** Returns a number with four decimals. */
  static String fixed(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Returns a whole number with its thousands separated by commas. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a time in words, such as {@code 1 h 5 min} or {@code 12 s}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
