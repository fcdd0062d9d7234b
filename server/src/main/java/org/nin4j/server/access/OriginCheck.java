package org.nin4j.server.access;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.nin4j.internal.Quoted;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.RequestCheck;

/**
 * Refuses requests of pages from elsewhere: a browser sends them without asking, and only keeps the
 * answer from the page. Origins that are allowed get the headers that let their pages read it.
 */
public final class OriginCheck implements RequestCheck {
  /** Stands for any origin. */
  private static final String ANY = "*";

  private static final Pattern ORIGIN = Pattern.compile("\\*|null|[a-z][a-z0-9+.-]*://[^/?#@\\s]+");

  private final Set<String> allowed;

  /**
   * Creates a check.
   *
   * @param allowed origins such as {@code https://shop.example}, or {@code *} for any
   */
  public OriginCheck(Collection<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /**
   * {@return an origin that may be allowed}
   *
   * @throws IllegalArgumentException when no browser would send it
   */
  public static String requireOrigin(String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(
          "an allowed origin must be a scheme and a host without a path, such as"
              + " https://shop.example, but is "
              + Quoted.text(origin));
    }
    return origin;
  }

  @Override
  public void check(Request request, Response response, boolean open) throws HttpError {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (!allowed.isEmpty()) {
      response.getHeaders().put(HttpHeader.VARY, "Origin");
    }
    if (origin == null || isOwn(origin, request)) {
      return;
    }
    if (!allowed.contains(origin) && !allowed.contains(ANY)) {
      throw HttpError.of(
          403,
          "pages of another origin may not ask this server; let them with --allow-origin ORIGIN");
    }
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    fields.put("Access-Control-Expose-Headers", "*");
    if (request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD)) {
      fields.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
      fields.put(
          HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS,
          "Authorization, Content-Encoding, Content-Type, Inference-Header-Content-Length");
      fields.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, "600");
    }
  }

  /** Whether a page of this server asks; its scheme may differ behind a proxy that ends TLS. */
  private static boolean isOwn(String origin, Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    int slashes = origin.indexOf("://");
    return host != null && slashes > 0 && origin.substring(slashes + 3).equalsIgnoreCase(host);
  }
}
