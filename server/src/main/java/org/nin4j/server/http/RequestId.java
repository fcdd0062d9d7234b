package org.nin4j.server.http;

import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** The name that a client gives a request, to find it again in the access log. */
final class RequestId {
  private static final int LONGEST = 128;

  private RequestId() {}

  /** Returns the name, unless it is missing, too long, or has characters beyond visible ASCII. */
  static Optional<String> of(Request request) {
    return Optional.ofNullable(request.getHeaders().get("X-Request-Id")).filter(RequestId::isPlain);
  }

  private static boolean isPlain(String id) {
    return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
