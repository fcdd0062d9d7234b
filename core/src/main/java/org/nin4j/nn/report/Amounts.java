package org.nin4j.nn.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Amounts {
  private Amounts() {}

  /** {@code 1,992,166}; a dash for nothing. */
  static String grouped(long number) {
    return number == 0 ? "-" : String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 22.4 %}. */
  static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }

  /** {@code 614,656 (30.9 %)}; a dash for nothing. */
  static String share(long part, long whole) {
    return part == 0 ? "-" : grouped(part) + " (" + percent(part, whole) + ")";
  }

  /** {@code 64.7x}: how many times {@code base}. */
  static String ratio(long number, long base) {
    return base == 0 ? "-" : String.format(Locale.ROOT, "%.2fx", (double) number / base);
  }

  /** {@code 1.1 MiB}. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    while (size >= 1024) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %ciB", size, "KMGTPE".charAt(unit));
  }
}
