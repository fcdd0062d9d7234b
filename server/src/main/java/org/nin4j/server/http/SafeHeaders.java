package org.nin4j.server.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * Headers of every response: a browser takes it for what it says it is, gives it to no page of
 * another origin, and runs nothing in it. A page that needs more brings a policy of its own.
 */
final class SafeHeaders {
  private static final HttpField NO_SNIFFING =
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
  private static final HttpField SAME_ORIGIN =
      new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin");
  private static final HttpField NOTHING_RUNS =
      new PreEncodedHttpField(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  private SafeHeaders() {}

  static void addTo(HttpFields.Mutable fields) {
    fields.put(NO_SNIFFING);
    fields.put(SAME_ORIGIN);
    fields.put(NOTHING_RUNS);
  }
}
