package org.nin4j.server.metrics;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.event.RequestOutcome;

/**
 * A request as one line of JSON.
 *
 * @param millis when its response was written, in milliseconds since 1970
 * @param outcome what became of it
 */
record AccessLogLine(long millis, RequestOutcome outcome) {
  private static final int LONGEST_PATH = 500;
  private static final int LONGEST_WORD = 50;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  /** Cuts what a client may make long, as many lines may wait for the disk. */
  AccessLogLine {
    outcome =
        outcome.withMethodAndPath(
            start(outcome.method(), LONGEST_WORD), start(outcome.path(), LONGEST_PATH));
  }

  private static String start(String text, int most) {
    return text.length() > most ? Quoted.printable(text, most) : text;
  }

  /** {@return one object, with a line's end} */
  String json() {
    return JsonWriter.line(this::fields) + "\n";
  }

  private void fields(JsonWriter json) {
    json.text("time", TIME.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC)));
    json.text("client", outcome.client());
    json.text("method", printable(outcome.method()));
    json.text("path", printable(outcome.path()));
    json.text("model", outcome.model().orElse(null));
    json.number("status", outcome.status());
    json.text("failure", outcome.failure().map(Enum::name).orElse(null));
    json.number("images", outcome.images());
    json.number("request_bytes", outcome.requestBytes());
    json.number("response_bytes", outcome.responseBytes());
    json.number("queue_us", TimeUnit.NANOSECONDS.toMicros(outcome.queueNanos()));
    json.number("compute_us", TimeUnit.NANOSECONDS.toMicros(outcome.computeNanos()));
    json.number("total_us", TimeUnit.NANOSECONDS.toMicros(outcome.totalNanos()));
    json.text("request_id", outcome.requestId().orElse(null));
  }

  /** Nothing that a terminal obeys; most text is plain, and is not looked at twice. */
  private static String printable(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    return plain ? text : Quoted.printable(text, text.length());
  }
}
