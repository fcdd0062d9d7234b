package org.nin4j.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nin4j.internal.json.JsonWriter;

/**
 * A response.
 *
 * @param status such as 200
 * @param contentType such as application/json
 * @param headers further headers
 * @param body its bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are sent, and never compared
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
  /** The type of JSON. */
  public static final String JSON = "application/json";

  /** Answers with JSON and status 200. */
  public static Reply json(String text) {
    return new Reply(200, JSON, Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Says what went wrong, in the form of all errors. */
  static Reply error(int status, Map<String, String> headers, String message) {
    String text = JsonWriter.line(json -> json.text("error", message));
    return new Reply(status, JSON, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with plain text and status 200. */
  public static Reply text(String text) {
    return new Reply(
        200, "text/plain; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with other bytes. */
  public static Reply of(String contentType, byte[] body) {
    return new Reply(200, contentType, Map.of(), body);
  }

  /** Writes the response; what the caller has put into its headers stays there. */
  void write(Response response, Callback callback) {
    response.setStatus(status);
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(HttpHeader.CONTENT_TYPE, contentType);
    fields.put(HttpHeader.CONTENT_LENGTH, body.length);
    SafeHeaders.addTo(fields);
    headers.forEach(fields::put);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** The same with one more header. */
  public Reply with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, Map.copyOf(more), body);
  }
}
