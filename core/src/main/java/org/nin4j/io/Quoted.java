package org.nin4j.io;

import java.util.Locale;

/**
 * Text out of a file, made fit for a message: quoted, short, on one line, nothing a terminal obeys.
 */
final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  static String text(String raw) {
    StringBuilder quoted = new StringBuilder("'");
    raw.codePoints().limit(LONGEST).forEach(point -> append(quoted, point));
    return quoted.append(raw.codePointCount(0, raw.length()) > LONGEST ? "...'" : "'").toString();
  }

  private static void append(StringBuilder quoted, int point) {
    int type = Character.getType(point);
    if (Character.isISOControl(point)
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR) {
      quoted.append(String.format(Locale.ROOT, "\\u%04x", point));
    } else {
      quoted.appendCodePoint(point);
    }
  }
}
