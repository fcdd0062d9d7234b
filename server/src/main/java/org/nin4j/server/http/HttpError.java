package org.nin4j.server.http;

import java.util.Map;
import org.nin4j.server.event.RequestOutcome.Failure;

/** A request that is not answered as asked: a status, and one sentence that says why. */
public final class HttpError extends Exception {
  private static final long serialVersionUID = 1;

  /** What a request of a client that did not wait for its answer is counted as. */
  static final int CLIENT_CLOSED = 499;

  /** How long a client should wait before it asks again. */
  private static final String RETRY_SECONDS = "1";

  private final int status;
  private final Failure failure;
  private final transient Map<String, String> headers;

  private HttpError(int status, Failure failure, String message, Map<String, String> headers) {
    super(message, null, false, false); // no stack: an overloaded server makes many of these
    this.status = status;
    this.failure = failure;
    this.headers = headers;
  }

  /** The request is wrong: 400. */
  public static HttpError badRequest(String message) {
    return of(400, message);
  }

  /** There is no such path or model: 404. */
  public static HttpError notFound(String message) {
    return of(404, message);
  }

  /** The body, or what it says it contains, is beyond a limit: 413. */
  public static HttpError tooLarge(String message) {
    return of(413, message);
  }

  /** Anything else that is the client's to mend. */
  public static HttpError of(int status, String message) {
    return new HttpError(status, Failure.BAD_REQUEST, message, Map.of());
  }

  /** Anything else that is the client's to mend, with a header. */
  public static HttpError of(int status, String message, String header, String value) {
    return new HttpError(status, Failure.BAD_REQUEST, message, Map.of(header, value));
  }

  /** The server has too much to do: 503, with Retry-After. */
  public static HttpError unavailable(String message) {
    return new HttpError(503, Failure.REJECTED, message, Map.of("Retry-After", RETRY_SECONDS));
  }

  /** Java's heap does not suffice: 503, as it may in a second. */
  public static HttpError noMemory(String what) {
    return unavailable(
        "the server has not enough memory for " + what + " just now; try again in a second");
  }

  /** The server is about to stop: 503. */
  static HttpError stopping() {
    return unavailable("the server is stopping; ask another one");
  }

  /** The request has waited longer than it may: 504. */
  public static HttpError expired(String message) {
    return new HttpError(504, Failure.EXPIRED, message, Map.of());
  }

  /**
   * The client has ended its side of the connection while its request waited: 499, as nginx has it.
   * It is read only by one that has not ended the other side as well.
   */
  public static HttpError canceled() {
    return new HttpError(
        CLIENT_CLOSED,
        Failure.CANCELED,
        "the client ended the connection before there was an answer; keep it open in both directions"
            + " until then",
        Map.of());
  }

  /** The model or the server failed: 500. */
  public static HttpError internal(String message) {
    return new HttpError(500, Failure.INTERNAL, message, Map.of());
  }

  /** The same with another sentence. */
  public HttpError saying(String message) {
    return new HttpError(status, failure, message, headers);
  }

  /** Returns the status of the response. */
  public int status() {
    return status;
  }

  /** Returns what to count the request as. */
  public Failure failure() {
    return failure;
  }

  /** Returns further headers of the response. */
  public Map<String, String> headers() {
    return headers;
  }
}
