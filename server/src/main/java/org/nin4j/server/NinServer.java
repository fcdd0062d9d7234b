package org.nin4j.server;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
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

  /** Null when files are not watched, or not yet. */
  private ModelWatcher watcher;

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
    HttpConnectionFactory http = new HttpConnectionFactory(http(options.limits));
    return options.tls == null
        ? new ConnectionFactory[] {http}
        : AbstractConnectionFactory.getFactories(options.tls, http);
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
   * @param models the models to serve; closed with the server
   * @return a builder with the defaults of all options
   */
  public static NinServerBuilder builder(ModelRepository models) {
    return new NinServerBuilder(models);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the address cannot be listened on, or the access log cannot be
   *     written; the message says why and what to do
   */
  public void start() throws IOException {
    if (accessLog.isPresent()) {
      accessLog.get().start();
    }
    try {
      server.start();
    } catch (Exception e) {
      throw ListenFailure.of(connector.getHost(), connector.getPort(), e);
    }
    if (watchInterval.isPresent()) {
      watcher = new ModelWatcher(models, watchInterval.get(), LOG);
    }
  }

  /** {@return the port that the server listens on} */
  public int port() {
    return connector.getLocalPort();
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

  /** {@return where the server answers, such as {@code http://127.0.0.1:8080}} */
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
   * its connections and models.
   */
  public void stop() {
    stop(drainTime);
  }

  private void stop(Duration most) {
    handler.drain();
    try {
      // What clients had sent by now is on its way, and is told that the server stops.
      Thread.sleep(Math.min(ON_THE_WAY.toMillis(), most.toMillis()));
      handler.awaitDrained(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (watcher != null) {
      watcher.close();
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

  /** Stops at once. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
