package org.nin4j.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nin4j.server.http.Reply;

/** A file of the page, ready to be sent. */
final class PageFile {
  /**
   * Nothing from elsewhere, no script and no style but those of the page's own files. A picture is
   * what the user has chosen (blob:) or the empty icon (data:).
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final int TAG_DIGITS = 16;

  private final String tag;
  private final Reply whole;
  private final Reply unchanged;

  private PageFile(String contentType, byte[] bytes) {
    tag = '"' + digest(bytes).substring(0, TAG_DIGITS) + '"';
    Map<String, String> headers = new TreeMap<>();
    headers.put("ETag", tag);
    headers.put("Cache-Control", "no-cache"); // kept, but asked for again: a server is updated
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    whole = new Reply(200, contentType, Map.copyOf(headers), bytes);
    headers.put("Content-Length", Integer.toString(bytes.length)); // of what is not sent
    unchanged = new Reply(304, contentType, Map.copyOf(headers), new byte[0]);
  }

  /** Reads a resource of this package; its type is told by the end of its name. */
  static PageFile read(String resource) {
    try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("this copy of the library lacks its page's " + resource);
      }
      return new PageFile(contentType(resource), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String contentType(String name) {
    String type =
        switch (name.substring(name.lastIndexOf('.') + 1)) {
          case "html" -> "text/html";
          case "css" -> "text/css";
          default -> "text/javascript";
        };
    return type + "; charset=utf-8";
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns the file, or that it has not changed.
   *
   * @param known the entity tags that the client has, as in If-None-Match
   */
  Reply reply(Optional<String> known) {
    return known.filter(this::isIn).isPresent() ? unchanged : whole;
  }

  /** Tags are compared weakly (RFC 9110, section 13.1.2). */
  private boolean isIn(String tags) {
    for (String one : tags.split(",", -1)) {
      String opaque = one.strip();
      opaque = opaque.startsWith("W/") ? opaque.substring(2) : opaque;
      if (opaque.equals(tag) || opaque.equals("*")) {
        return true;
      }
    }
    return false;
  }
}
