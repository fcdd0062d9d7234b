package org.nin4j.server.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nin4j.server.limits.ServerLimits;

/**
 * Ends connections whose client does not finish the head of a request in time, however many bytes
 * it sends meanwhile; when as many connections are open as may, also those on which nothing moves.
 * Jetty's own timeout begins anew with every byte.
 *
 * <p>It is the outermost handler, to see when requests begin and end, and a listener for the
 * connections of a connector.
 */
public final class ConnectionWatch extends Handler.Wrapper
    implements Connection.Listener, PeriodicScan.Check {

  private static final byte[] REFUSAL = refusal("the head of the request did not come in time");

  /** For how long a client may read the refusal. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** For how long nothing must have moved on a connection that is closed to make room. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<Connection, State> connections = new ConcurrentHashMap<>();
  private final PeriodicScan scan;
  private final long headerNanos;
  private final int most;

  /** What is known of a connection; the times are nanoseconds. */
  private static final class State {
    /** Whether a request is between the end of its head and the end of its response. */
    private volatile boolean busy;

    /** How many bytes had come when it was busy last. */
    private volatile long bytes;

    /** Since when there is nothing but perhaps a part of a head. */
    private volatile long since = System.nanoTime();

    /** Whether bytes of a head have come; the time when this was seen is {@link #since}. */
    private boolean head;

    private boolean refused;

    /** The first head must come soon after the connection was opened. */
    private volatile boolean fresh = true;
  }

  /**
   * Creates a watch, which does nothing before its server has started.
   *
   * @param handler what answers the requests
   * @param limits how long a head may take, and how many connections may be open
   * @param scan calls this watch from time to time
   */
  public ConnectionWatch(Handler handler, ServerLimits limits, PeriodicScan scan) {
    super(handler);
    this.scan = scan;
    headerNanos = limits.headerTimeout().toNanos();
    most = limits.maxConnections();
  }

  private static byte[] refusal(String message) {
    String body = "{\"error\":\"" + message + "\"}";
    return ("HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json\r\n"
            + "X-Content-Type-Options: nosniff\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    scan.add(this);
  }

  @Override
  protected void doStop() throws Exception {
    scan.remove(this);
    super.doStop();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) { // and not what decrypts its bytes
      connections.put(connection, new State());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  /** {@return how many connections are open} */
  public int open() {
    return connections.size();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    State state = connections.get(connection);
    if (state == null) { // it was closed meanwhile
      return super.handle(request, response, callback);
    }
    state.busy = true;
    state.fresh = false;
    return super.handle(
        request,
        response,
        new Callback.Nested(callback) {
          @Override
          public void succeeded() {
            ended(connection, state);
            super.succeeded();
          }

          @Override
          public void failed(Throwable cause) {
            ended(connection, state);
            super.failed(cause);
          }
        });
  }

  private static void ended(Connection connection, State state) {
    state.bytes = connection.getBytesIn();
    state.since = System.nanoTime();
    state.busy = false;
  }

  @Override
  public void check(long now) {
    boolean crowded = connections.size() >= most;
    connections.forEach((connection, state) -> check(connection, state, now, crowded));
  }

  private void check(Connection connection, State state, long now, boolean crowded) {
    if (state.busy) {
      state.head = false;
      return;
    }
    if (!state.head && !state.fresh && connection.getBytesIn() != state.bytes) {
      state.head = true;
      state.since = now;
    }
    long passed = now - state.since;
    if (state.refused) {
      if (passed > LINGER_NANOS) {
        connection.getEndPoint().close();
      }
    } else if ((state.head || state.fresh) && passed > headerNanos) {
      state.refused = true;
      state.since = now;
      refuse(connection);
    } else if (crowded && !state.head && !state.fresh && passed > QUIET_NANOS) {
      connection.getEndPoint().close();
    }
  }

  private static void refuse(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    if (connection.getBytesIn() == 0) {
      endPoint.close(); // nobody asked
      return;
    }
    try {
      endPoint.write(
          Callback.from(endPoint::shutdownOutput, cause -> endPoint.close()),
          ByteBuffer.wrap(REFUSAL));
    } catch (RuntimeException e) {
      endPoint.close(); // a response is being written: its head came at the last moment
    }
  }
}
