package org.nin4j.server.http;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.nin4j.server.connection.PeriodicScan;
import org.nin4j.server.limits.ServerLimits;

/**
 * Reads the body of a request as it comes, without a thread that waits for it.
 *
 * <p>When the request is answered before its end, the rest is read and dropped for a while: a
 * client that is still sending would otherwise find the connection reset, and lose the answer.
 */
final class BodyReader implements PeriodicScan.Check {
  /** For how long a client may be slower than it must, in nanoseconds. */
  private static final long LONGEST_GRACE = TimeUnit.SECONDS.toNanos(5);

  /** Which part of the time for a whole request that may be at most. */
  private static final int PART_OF_GRACE = 4;

  /** How long to read after the answer, in nanoseconds, if a whole request may take that long. */
  private static final long LONGEST_LINGER = TimeUnit.SECONDS.toNanos(5);

  /** How much to read after the answer, in bytes. */
  private static final long LINGER_BYTES = 64L << 20;

  /** What is rather read to its end than paid for with a new connection, in bytes. */
  private static final long SHORT_REST = 256L << 10;

  private final Exchange exchange;
  private final Request request;
  private final ServerLimits limits;
  private final BodyMemory memory;
  private final Runnable readOn = Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::read);

  private BodyConsumer next;
  private boolean compressed;
  private BodyBuffer body;
  private boolean scanned;
  private boolean dropping;

  /** How many bytes have come; written by the thread that reads. */
  private volatile long received;

  /** Whether reading has begun, and whether it has ended. */
  private boolean begun;

  private boolean ended;

  private volatile boolean unreadable;

  /** What to call when the request is answered and nothing more is read. */
  private Callback afterwards;

  private volatile long answeredAt;

  BodyReader(Exchange exchange) {
    this.exchange = exchange;
    request = exchange.request();
    limits = exchange.context().limits();
    memory = new BodyMemory(exchange.context().memory());
  }

  /** Whether a request says that it has a body. */
  static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  void begin(BodyConsumer consumer) throws HttpError {
    next = consumer;
    compressed = Gzip.isUsed(request.getHeaders());
    body = new BodyBuffer(memory, request.getLength(), limits.maxBody());
    begun = true;
    read();
  }

  private void read() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        if (!scanned) {
          scanned = true;
          exchange.context().scan().add(this);
        }
        request.demand(readOn);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        broken(chunk.getFailure());
        return;
      }
      boolean last = chunk.isLast();
      long sum = received + chunk.remaining();
      received = sum;
      take(chunk.getByteBuffer());
      chunk.release();
      if (last) {
        complete();
        return;
      }
      if (dropping && received - limits.maxBody() > LINGER_BYTES) {
        end();
        return;
      }
    }
  }

  private void take(ByteBuffer bytes) {
    dropping = dropping || exchange.isAnswered();
    if (!dropping) {
      try {
        body.append(bytes);
      } catch (HttpError e) {
        dropping = true;
        exchange.fail(e);
      } catch (OutOfMemoryError e) {
        dropping = true;
        exchange.fail(HttpError.noMemory("the body"));
      }
    }
  }

  private void complete() {
    boolean useful = !dropping && !exchange.isAnswered();
    end();
    if (useful) {
      byte[] all = body.toArray();
      if (compressed) {
        exchange.attempt(() -> exchange.goOnElsewhere(() -> decompress(all)));
      } else {
        exchange.bodyRead(all, next);
      }
    }
  }

  private void decompress(byte[] all) throws HttpError {
    exchange.bodyRead(Gzip.decompress(all, (int) limits.maxBody(), memory), next);
  }

  /** The rest will not come, or makes no sense. */
  private void broken(Throwable cause) {
    unreadable = true;
    end();
    memory.release();
    if (cause instanceof TimeoutException) {
      exchange.fail(tooSlow());
    } else if (cause instanceof EOFException && hasEnded()) {
      exchange.clientGone(cause);
    } else {
      exchange.fail(HttpError.badRequest("the body is not well formed HTTP"));
    }
  }

  /** Whether the client has ended its side; Jetty says so of chunks that make no sense, too. */
  private boolean hasEnded() {
    return endPoint().isInputShutdown() || !endPoint().isOpen();
  }

  private EndPoint endPoint() {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  private static HttpError tooSlow() {
    return HttpError.of(408, "the body did not come in time");
  }

  private void end() {
    if (scanned) {
      exchange.context().scan().remove(this);
    }
    Callback callback;
    synchronized (this) {
      ended = true;
      callback = afterwards;
      afterwards = null;
    }
    if (callback != null) {
      callback.succeeded();
    }
  }

  /** Whether the connection cannot serve another request once this one is answered. */
  synchronized boolean endsConnection(int status) {
    if (unreadable) {
      return true;
    }
    long announced = request.getLength();
    return !ended && (status == 408 || announced < 0 || announced - received > SHORT_REST);
  }

  /** Reads what is left, if anything is, and then ends the request. */
  void answered(Callback callback) {
    memory.release();
    answeredAt = System.nanoTime();
    boolean reads;
    synchronized (this) {
      if (!begun && request.getHeaders().contains(HttpHeader.EXPECT)) {
        ended = true; // the client waits for leave to send its body, and now will not
      }
      reads = !ended;
      if (reads) {
        afterwards = callback;
      }
    }
    if (!reads) {
      callback.succeeded();
    } else if (!begun) {
      begun = true;
      dropping = true;
      read();
    }
  }

  /** Ends all: there is nobody to read from. */
  void abandon() {
    memory.release();
    synchronized (this) {
      afterwards = null;
    }
    end();
  }

  @Override
  public void check(long now) {
    long most = limits.requestTimeout().toNanos();
    if (exchange.isAnswered()) {
      if (answeredAt != 0 && now - answeredAt > Math.min(LONGEST_LINGER, most)) {
        endPoint().close(); // the thread that reads finds out, and ends the request
      }
      return;
    }
    long passed = now - request.getHeadersNanoTime();
    boolean tooLong = now - request.getBeginNanoTime() > most;
    boolean graceEnded = passed > Math.min(LONGEST_GRACE, most / PART_OF_GRACE);
    double least = (double) limits.minDataRate() * passed / TimeUnit.SECONDS.toNanos(1);
    if (tooLong || (graceEnded && received < least)) {
      exchange.fail(tooSlow());
    }
  }
}
