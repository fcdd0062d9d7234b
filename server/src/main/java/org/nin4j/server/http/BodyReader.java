package org.nin4j.server.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.nin4j.server.http.Exchange.BodyConsumer;

/**
 * Reads the body of a request as it comes, without a thread that waits for it. Memory grows with
 * the bytes that have come, not with those that were announced.
 */
final class BodyReader {
  private static final int FIRST = 1 << 14;

  private final Exchange exchange;
  private final BodyConsumer next;
  private final Request request;
  private final long most;
  private byte[] body;
  private int length;

  BodyReader(Exchange exchange, BodyConsumer next) {
    this.exchange = exchange;
    this.next = next;
    request = exchange.request();
    most = exchange.context().limits().maxBody();
  }

  void begin() throws HttpError {
    long announced = request.getLength();
    if (announced > most) {
      throw tooLong();
    }
    body = new byte[(int) Math.min(Math.max(announced, 0), FIRST)];
    read();
  }

  private HttpError tooLong() {
    return HttpError.tooLarge("the body has more than " + most + " bytes; send less at a time");
  }

  private void read() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this::read);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        exchange.clientGone(chunk.getFailure());
        return;
      }
      boolean fits = append(chunk.getByteBuffer());
      chunk.release();
      if (!fits) {
        exchange.fail(tooLong());
        return;
      }
      if (chunk.isLast()) {
        byte[] all = length == body.length ? body : Arrays.copyOf(body, length);
        exchange.bodyRead(all, next);
        return;
      }
    }
  }

  private boolean append(ByteBuffer bytes) {
    int count = bytes.remaining();
    if (length + (long) count > most) {
      return false;
    }
    if (length + count > body.length) {
      long announced = request.getLength();
      long doubled = Math.min(Math.max(2L * body.length, length + count), most);
      body =
          Arrays.copyOf(
              body, (int) (announced >= length + count ? Math.min(announced, doubled) : doubled));
    }
    bytes.get(body, length, count);
    length += count;
    return true;
  }
}
