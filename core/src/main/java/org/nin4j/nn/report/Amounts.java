package org.nin4j.nn.report;

/** Numbers as people read them. Without String.format, which takes a third of a short command. */
final class Amounts {
  private Amounts() {}

  /** {@code 1,992,166}; a dash for nothing. */
  static String grouped(long number) {
    if (number == 0) {
      return "-";
    }
    StringBuilder digits = new StringBuilder(Long.toString(number));
    for (int index = digits.length() - 3; index > 0; index -= 3) {
      digits.insert(index, ',');
    }
    return digits.toString();
  }

  /** {@code 22.4 %}. */
  static String percent(long part, long whole) {
    return decimal(whole == 0 ? 0 : 100.0 * part / whole, 1) + " %";
  }

  /** {@code 614,656 (30.9 %)}; a dash for nothing. */
  static String share(long part, long whole) {
    return part == 0 ? "-" : grouped(part) + " (" + percent(part, whole) + ")";
  }

  /** {@code 64.66x}: how many times {@code base}. */
  static String ratio(long number, long base) {
    return base == 0 ? "-" : decimal((double) number / base, 2) + "x";
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
    return decimal(size, 1) + " " + "KMGTPE".charAt(unit) + "iB";
  }

  /** Rounded half up to one or two places. */
  private static String decimal(double value, int places) {
    int scale = places == 1 ? 10 : 100;
    long scaled = Math.round(value * scale);
    String fraction = Long.toString(scaled % scale);
    return scaled / scale + "." + "0".repeat(places - fraction.length()) + fraction;
  }
}
