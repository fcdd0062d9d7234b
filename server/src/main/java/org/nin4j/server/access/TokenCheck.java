package org.nin4j.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.RequestCheck;

/**
 * Refuses requests without the token of the server (RFC 6750). Digests are compared, each byte of
 * them whatever the others are, so that the time says nothing of the token.
 */
public final class TokenCheck implements RequestCheck {
  private static final String SCHEME = "Bearer ";

  private final byte[] expected;

  /**
   * Creates a check.
   *
   * @param token what clients must send
   */
  public TokenCheck(String token) {
    expected = digest(token);
  }

  @Override
  public void check(Request request, Response response, boolean open) throws HttpError {
    if (open) {
      return;
    }
    String sent = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    boolean bearer = sent != null && sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (!bearer || !isExpected(sent.substring(SCHEME.length()))) {
      throw HttpError.of(
          401,
          "the server asks for its token: send the header Authorization: Bearer TOKEN",
          "WWW-Authenticate",
          "Bearer");
    }
  }

  private boolean isExpected(String token) {
    return MessageDigest.isEqual(expected, digest(token.strip()));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
