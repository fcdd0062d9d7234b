package org.nin4j.server;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.nin4j.server.access.HostCheck;
import org.nin4j.server.access.OriginCheck;
import org.nin4j.server.access.TokenCheck;
import org.nin4j.server.connection.ConnectionWatch;
import org.nin4j.server.connection.WatchedConnector;
import org.nin4j.server.event.RequestListener;
import org.nin4j.server.http.JsonErrorHandler;
import org.nin4j.server.http.RequestCheck;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.metrics.AccessLog;
import org.nin4j.server.metrics.LogTarget;
import org.nin4j.server.metrics.ServerMetrics;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.ModelWatcher;

/**
 * A server of its own for models, on one address.
 *
 * <pre>{@code
 * ModelRepository models = new ModelRepository(2, 100);
 * models.add("shoes", Path.of("model.safetensors"), ImportOptions.none());
 * NinServer server = NinServer.builder(models).port(8080).build();
 * server.start();
 * }</pre>
 *
 * <p>A server is started once and then stopped or closed, which also closes its models; after that,
 * or when it could not start, another one is needed. Closing it twice does no harm. Its methods may
 * be called by any thread. Each server has threads, limits and metrics of its own, so that one
 * program may have several. All threads are gone when it has been closed.
 */
public final class NinServer implements AutoCloseable {
  /** All addresses of this machine. */
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

  private static final Duration ON_THE_WAY = Duration.ofMillis(100);

  /** How many connections the system keeps for the server until it accepts them. */
  private static final int BACKLOG = 1024;

  private static final System.Logger LOG = System.getLogger("org.nin4j.server");

  private final ModelRepository models;
  private final Duration drainTime;
  private final Optional<AccessLog> accessLog;
  private final InferenceHandler handler;
  private final Server server;
  private final ServerConnector connector;
  private final ConnectionWatch connections;
  private final boolean tls;
  private final Optional<Duration> watchInterval;

  private final AtomicBoolean begun = new AtomicBoolean();

  /** Zero before the server listens. */
  private volatile int port;

  /** Null when files are not watched, or not yet. */
  private volatile ModelWatcher watcher;

  NinServer(NinServerBuilder options) {
    models = options.models;
    drainTime = options.drainTime;
    watchInterval = Optional.ofNullable(options.watchInterval);
    ServerLimits limits = options.limits;
    List<RequestListener> listeners = new ArrayList<>(options.listeners);
    accessLog = Optional.ofNullable(options.accessLog).map(NinServer::logTo);
    accessLog.ifPresent(listeners::add);
    handler = new InferenceHandler(models, limits, access(options), listeners);
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("nin4j-http");
    server = new Server(threads);
    tls = options.tls != null;
    connector = new WatchedConnector(server, protocols(options));
    connector.setHost(options.host);
    connector.setPort(options.port);
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    connections = new ConnectionWatch(handler, limits, handler.scan());
    connector.addBean(connections, false);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.maxConnections(), connector));
    server.setErrorHandler(new JsonErrorHandler());
    server.setHandler(connections);
    ServerMetrics metrics = handler.metrics();
    metrics.gauge("nin4j_http_connections", "Connections that are open", connections::open);
    accessLog.ifPresent(
        log ->
            metrics.counter(
                "nin4j_access_log_dropped",
                "Requests that are missing from the access log",
                log::dropped));
  }

  private static AccessLog logTo(LogTarget target) {
    return new AccessLog(target, LOG);
  }

  private static RequestCheck access(NinServerBuilder options) {
    RequestCheck names = new HostCheck(options.host, options.allowedHosts);
    RequestCheck pages = names.and(new OriginCheck(options.allowedOrigins));
    return options.token == null ? pages : pages.and(new TokenCheck(options.token));
  }

  private static ConnectionFactory[] protocols(NinServerBuilder options) {
    HttpConfiguration configuration = http(options.limits);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    if (options.tls == null) {
      return new ConnectionFactory[] {http};
    }
    // HostCheck says by which names the server goes; the certificate need not have all of them.
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    return AbstractConnectionFactory.getFactories(options.tls, http);
  }

  private static HttpConfiguration http(ServerLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setIdleTimeout(limits.idleTimeout().toMillis());
    http.setRequestHeaderSize(limits.maxHead());
    return http;
  }

  /**
   * Begins a server.
   *
   * @param models the models to serve, of which there may be none yet; closed with the server
   * @return a builder with the defaults of all options
   */
  public static NinServerBuilder builder(ModelRepository models) {
    return new NinServerBuilder(models);
  }

  /**
   * Starts to listen, and returns when clients can connect.
   *
   * @throws IOException when the address cannot be listened on, or the access log cannot be
   *     written; the message says why and what to do. The models stay open: another server may take
   *     them if this one is not closed
   * @throws IllegalStateException when the server has been started before, or closed
   */
  public void start() throws IOException {
    if (!begun.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "a server can be started only once, and not after it was closed; build another one");
    }
    if (accessLog.isPresent()) {
      accessLog.get().start();
    }
    try {
      server.start();
    } catch (Exception e) {
      accessLog.ifPresent(AccessLog::close);
      throw ListenFailure.of(connector.getHost(), connector.getPort(), e);
    }
    port = connector.getLocalPort();
    if (watchInterval.isPresent()) {
      watcher = new ModelWatcher(models, watchInterval.get(), LOG);
    }
  }

  /**
   * Returns the port that the server listens on, or has listened on.
   *
   * @return the port, also when any that is free was asked for
   * @throws IllegalStateException when the server has not been started
   */
  public int port() {
    if (port == 0) {
      throw new IllegalStateException("the server has no port before it has been started");
    }
    return port;
  }

  /** Returns how many connections are open. */
  int connections() {
    return connections.open();
  }

  /** Returns how many bytes of bodies are held. */
  long bodyMemory() {
    return handler.memory().taken();
  }

  /** Returns how many requests for models are being answered. */
  int requests() {
    return handler.requests();
  }

  /**
   * Returns where the server answers.
   *
   * @return such as {@code http://127.0.0.1:8080}
   * @throws IllegalStateException when the server has not been started
   */
  public URI address() {
    String given = connector.getHost();
    String host = EVERYWHERE.contains(given) ? "localhost" : given;
    return URI.create(
        (tls ? "https://" : "http://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + port());
  }

  /**
   * Stops: says that it is not ready and takes no more requests for models, finishes those that it
   * has within {@link NinServerBuilder#drainTime}, refuses those that still wait then, and closes
   * its connections and models. Called by a second thread meanwhile, {@link #close} cuts that
   * short.
   *
   * @throws IllegalStateException when Jetty fails to stop
   */
  public void stop() {
    stop(drainTime);
  }

  private void stop(Duration most) {
    begun.set(true);
    handler.drain();
    try {
      // What clients had sent by now is on its way, and is told that the server stops.
      Thread.sleep(Math.min(ON_THE_WAY.toMillis(), most.toMillis()));
      handler.awaitDrained(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ModelWatcher watching = watcher;
    if (watching != null) {
      watching.close();
    }
    models.close(); // first, so that what still waits is told so
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop: " + e.getMessage(), e);
    } finally {
      accessLog.ifPresent(AccessLog::close);
    }
  }

  /**
   * Stops at once: finishes what is being computed, refuses what waits, and closes the connections
   * and models.
   *
   * @throws IllegalStateException when Jetty fails to stop
   */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
