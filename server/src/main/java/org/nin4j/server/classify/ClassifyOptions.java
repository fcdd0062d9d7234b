package org.nin4j.server.classify;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Fields;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.Suggestion;
import org.nin4j.server.http.HttpError;

/**
 * What the query of a request asks for.
 *
 * @param top how many classes to return of each image, at least 1
 * @param patienceNanos how long the request may wait for a thread; 0 for the server's own limit
 * @param maps which class maps to return
 */
record ClassifyOptions(int top, long patienceNanos, Maps maps) {
  private static final int DEFAULT_TOP = 5;

  /** Which class maps are returned. */
  enum Maps {
    /** None. */
    FALSE,
    /** Those of the classes that are returned. */
    TOP,
    /** Those of all classes. */
    TRUE;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads the options.
   *
   * @throws HttpError 400 when there is an option that is not known, or has no such value
   */
  static ClassifyOptions of(Fields query) throws HttpError {
    int top = DEFAULT_TOP;
    long patience = 0;
    Maps maps = Maps.FALSE;
    for (Fields.Field field : query) {
      if (field.hasMultipleValues()) {
        throw HttpError.badRequest(
            "the query has " + Quoted.text(field.getName()) + " more than once; leave one");
      }
      String value = field.getValue();
      switch (field.getName()) {
        case "top" -> top = (int) number("top", value, Integer.MAX_VALUE);
        case "timeout" ->
            patience =
                TimeUnit.MICROSECONDS.toNanos(number("timeout", value, TimeUnit.DAYS.toMicros(1)));
        case "maps" -> maps = maps(value);
        default ->
            throw HttpError.badRequest(
                Suggestion.unknown(
                    "query parameter", shown(field.getName()), List.of("top", "maps", "timeout")));
      }
    }
    return new ClassifyOptions(top, patience, maps);
  }

  private static long number(String name, String value, long most) throws HttpError {
    try {
      long number = Long.parseLong(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw HttpError.badRequest(
        String.format(
            Locale.ROOT,
            "'%s' in the query must be a whole number from 1 to %d, but is %s",
            name,
            most,
            Quoted.text(value)));
  }

  private static Maps maps(String value) throws HttpError {
    for (Maps maps : Maps.values()) {
      if (maps.text().equals(value)) {
        return maps;
      }
    }
    throw HttpError.badRequest(
        "'maps' in the query must be false, top or true, but is " + Quoted.text(value));
  }

  private static String shown(String raw) {
    return Quoted.printable(raw, 80);
  }
}
