package org.nin4j.server.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can tell when its client has gone while a request waits. Jetty reads nothing
 * from a connection while its request is being handled, so that nobody else would notice.
 *
 * <p>To find out, this reads. Whatever comes instead of the end belongs to a later request; it is
 * kept for the reader, whose calls all pass through here. When the reader asks to be told of the
 * next bytes while this is still waiting for them, it takes over the registration with the
 * selector, which cannot be withdrawn.
 */
public final class WatchedEndPoint extends SocketChannelEndPoint {
  /** A client that sends so much ahead is not watched any longer. */
  private static final int MOST_AHEAD = 4096;

  private final Executor executor;
  private final Object lock = new Object();

  /** Bytes that came ahead, ready to be read, or null. Guarded by the lock. */
  private ByteBuffer ahead;

  /** What waits for the selector, unless the reader does. Guarded by the lock. */
  private Watch watch;

  /**
   * Makes an endpoint as a connector does.
   *
   * @param executor runs what reads bytes that came ahead
   */
  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
  }

  /**
   * Watches the client of a connection, if its connector makes endpoints of this class: with or
   * without TLS, but not in a server that knows nothing of them. Shutting down only its output
   * counts as going away.
   *
   * @param connection the endpoint of a connection whose request has been read to its end
   * @param gone called once if the client goes before the reader reads on; must not block
   */
  public static void watch(EndPoint connection, Runnable gone) {
    EndPoint socket =
        connection instanceof SslConnection.SslEndPoint tls
            ? tls.getSslConnection().getEndPoint()
            : connection;
    if (socket instanceof WatchedEndPoint watched) {
      watched.watch(gone);
    }
  }

  private void watch(Runnable gone) {
    synchronized (lock) {
      if (watch != null) {
        watch.gone = gone; // the one before was for an earlier request
      } else {
        register(gone);
      }
    }
  }

  /** Asks the selector, unless the reader has; there must be no watch. */
  private void register(Runnable gone) {
    Watch next = new Watch(gone);
    watch = next; // before the call, which asks for it
    if (!super.tryFillInterested(next)) {
      watch = null;
    }
  }

  /** Waits for the selector, first on behalf of a watcher, and then perhaps of the reader. */
  private final class Watch implements Callback {
    private Runnable gone;
    private volatile Callback reader;

    Watch(Runnable gone) {
      this.gone = gone;
    }

    @Override
    public InvocationType getInvocationType() {
      Callback successor = reader;
      return successor == null ? InvocationType.BLOCKING : successor.getInvocationType();
    }

    @Override
    public void succeeded() {
      if (!leave()) {
        reader.succeeded();
      } else if (look()) {
        gone.run();
      }
    }

    @Override
    public void failed(Throwable cause) {
      if (!leave()) {
        reader.failed(cause);
      } else {
        gone.run();
      }
    }

    /** Ends the wait; false when the reader has taken over. */
    private boolean leave() {
      synchronized (lock) {
        if (reader == null) {
          watch = null;
        }
        return reader == null;
      }
    }

    /** Reads what there is; true when that is the end. */
    private boolean look() {
      synchronized (lock) {
        ByteBuffer bytes = ahead == null ? BufferUtil.allocate(MOST_AHEAD) : ahead;
        int count;
        try {
          do {
            count = WatchedEndPoint.super.fill(bytes);
          } while (count > 0);
        } catch (IOException e) {
          return true;
        }
        if (bytes.hasRemaining()) {
          ahead = bytes;
          if (watch == null && WatchedEndPoint.super.isFillInterested()) {
            tellOfBytesAhead(); // the reader asked for them before they were taken from the socket
          }
        }
        if (count == 0 && watch == null && BufferUtil.space(bytes) > 0) {
          register(gone);
        }
        return count < 0;
      }
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    synchronized (lock) {
      if (ahead == null) {
        return super.fill(buffer);
      }
      int count = BufferUtil.append(buffer, ahead);
      if (!ahead.hasRemaining()) {
        ahead = null;
      }
      return count;
    }
  }

  @Override
  public void fillInterested(Callback callback) {
    synchronized (lock) {
      if (!takeOver(callback)) {
        super.fillInterested(callback);
      }
    }
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    synchronized (lock) {
      return takeOver(callback) || super.tryFillInterested(callback);
    }
  }

  private boolean takeOver(Callback callback) {
    if (watch == null) {
      return false;
    }
    watch.reader = callback;
    watch = null;
    tellOfBytesAhead();
    return true;
  }

  @Override
  public boolean isFillInterested() {
    synchronized (lock) {
      return watch == null && super.isFillInterested();
    }
  }

  @Override
  protected void needsFillInterest() {
    synchronized (lock) {
      if (watch != null || !tellOfBytesAhead()) {
        super.needsFillInterest();
      }
    }
  }

  /** For a reader, bytes that came ahead are news at once. */
  private boolean tellOfBytesAhead() {
    if (ahead != null) {
      executor.execute(getFillInterest()::fillable);
    }
    return ahead != null;
  }
}
