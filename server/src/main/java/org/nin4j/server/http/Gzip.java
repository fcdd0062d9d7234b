package org.nin4j.server.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Decompresses a body of RFC 1952: one member or several, and nothing after them. It stops at the
 * limit, however much more would come.
 */
final class Gzip {
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int LEAST = 1 << 10;
  private static final int GROWTH = 4;

  private final ByteBuffer in;
  private final int most;
  private final BodyMemory memory;
  private byte[] out;
  private int length;

  private Gzip(byte[] body, int most, BodyMemory memory) throws HttpError {
    in = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    this.most = most;
    this.memory = memory;
    out = memory.allocate((int) Math.min(most + 1L, Math.max(LEAST, (long) GROWTH * body.length)));
  }

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
    Gzip gzip = new Gzip(body, most, memory);
    do {
      gzip.member();
    } while (gzip.in.hasRemaining());
    return Arrays.copyOf(gzip.out, gzip.length);
  }

  private void member() throws HttpError {
    skipHeader();
    int start = length;
    inflate();
    need(TRAILER);
    CRC32 sum = new CRC32();
    sum.update(out, start, length - start);
    if (in.getInt() != (int) sum.getValue() || in.getInt() != length - start) {
      throw broken("its checksum is another one");
    }
  }

  private void skipHeader() throws HttpError {
    need(HEADER);
    if (Short.toUnsignedInt(in.getShort()) != MAGIC || in.get() != DEFLATE) {
      throw broken("it does not begin as gzip does, or goes on after its end");
    }
    int flags = in.get();
    in.position(in.position() + Integer.BYTES + 2); // time, level, system
    if ((flags & HAS_EXTRA) != 0) {
      need(Short.BYTES);
      skip(Short.toUnsignedInt(in.getShort()));
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_CHECKSUM) != 0) {
      skip(Short.BYTES);
    }
  }

  private void skipText() throws HttpError {
    do {
      need(1);
    } while (in.get() != 0);
  }

  private void skip(int count) throws HttpError {
    need(count);
    in.position(in.position() + count);
  }

  private void need(int count) throws HttpError {
    if (in.remaining() < count) {
      throw broken("it ends too early");
    }
  }

  private void inflate() throws HttpError {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(in);
      while (!inflater.finished()) {
        if (length == out.length) {
          out = memory.grow(out, (int) Math.min(most + 1L, (long) GROWTH * length));
        }
        int count = inflater.inflate(out, length, out.length - length);
        length += count;
        if (length > most) {
          throw HttpError.tooLarge(
              "the body has more than " + most + " bytes when decompressed; send less at a time");
        }
        if (count == 0 && !inflater.finished()) {
          throw broken(inflater.needsDictionary() ? "it needs a dictionary" : "it ends too early");
        }
      }
    } catch (DataFormatException e) {
      throw broken("its compressed data makes no sense");
    } finally {
      inflater.end();
    }
  }

  private static HttpError broken(String why) {
    return HttpError.badRequest("the body is not valid gzip: " + why);
  }
}
