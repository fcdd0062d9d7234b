package org.nin4j.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Decompresses a body of RFC 1952: one member or several. It stops at the limit, however much more
 * would come. As with gzip itself, what follows the last member is ignored.
 */
final class Gzip {
  private static final int LEAST = 1 << 10;
  private static final int GROWTH = 4;

  private Gzip() {}

  /**
   * Whether a request's body is compressed.
   *
   * @throws HttpError 415 when it is encoded otherwise
   */
  static boolean isUsed(HttpFields headers) throws HttpError {
    String coding = headers.get(HttpHeader.CONTENT_ENCODING);
    if (coding == null) {
      return false;
    }
    boolean single = headers.getValuesList(HttpHeader.CONTENT_ENCODING).size() == 1;
    return switch (single ? coding.strip().toLowerCase(Locale.ROOT) : "several") {
      case "identity" -> false;
      case "gzip", "x-gzip" -> true;
      default ->
          throw HttpError.of(
              415, "the body may be encoded by gzip or not at all", "Accept-Encoding", "gzip");
    };
  }

  /**
   * Decompresses.
   *
   * @param most how many bytes may come out
   * @throws HttpError 400 when the body is not gzip, 413 when more than that would come, 503 when
   *     there is no memory
   */
  static byte[] decompress(byte[] body, int most, BodyMemory memory) throws HttpError {
    long guess = Math.max(LEAST, (long) GROWTH * body.length);
    byte[] out = memory.allocate((int) Math.min(most + 1L, guess));
    int length = 0;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      for (int count; (count = in.read(out, length, out.length - length)) >= 0; ) {
        length += count;
        if (length > most) {
          throw HttpError.tooLarge(
              "the body has more than " + most + " bytes when decompressed; send less at a time");
        }
        if (length == out.length) {
          out = memory.grow(out, (int) Math.min(most + 1L, (long) GROWTH * length));
        }
      }
    } catch (IOException e) {
      throw HttpError.badRequest("the body is not valid gzip: it is damaged or truncated");
    }
    return Arrays.copyOf(out, length);
  }
}
