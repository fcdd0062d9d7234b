package org.nin4j.internal;

import java.util.Locale;

/**
 * Text of a file or a user, made fit for a message: short, on one line, nothing a terminal obeys.
 */
public final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  /** Gives the text in single quotes, cut after 80 characters. */
  public static String text(String raw) {
    return "'" + printable(raw, LONGEST) + "'";
  }

  /** Gives the text without quotes, cut after {@code most} characters. */
  public static String printable(String raw, int most) {
    StringBuilder printable = new StringBuilder();
    raw.codePoints().limit(most).forEach(point -> append(printable, point));
    return printable.append(raw.codePointCount(0, raw.length()) > most ? "..." : "").toString();
  }

  private static void append(StringBuilder printable, int point) {
    int type = Character.getType(point);
    if (Character.isISOControl(point)
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR) {
      printable.append(String.format(Locale.ROOT, "\\u%04x", point));
    } else {
      printable.appendCodePoint(point);
    }
  }
}
