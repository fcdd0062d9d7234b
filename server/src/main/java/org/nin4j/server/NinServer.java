package org.nin4j.server;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;

/** A server of its own for models, on one address. */
public final class NinServer implements AutoCloseable {
  private final ModelRepository models;
  private final InferenceHandler handler;
  private final Server server;
  private final ServerConnector connector;

  /**
   * Makes a server, which {@link #start} starts.
   *
   * @param models the models to serve; closed with the server
   * @param limits what to refuse
   * @param host the address to listen on, such as {@code 127.0.0.1}
   * @param port the port to listen on; 0 for any that is free
   */
  public NinServer(ModelRepository models, ServerLimits limits, String host, int port) {
    this.models = models;
    handler = new InferenceHandler(models, limits);
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("nin4j-http");
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setIdleTimeout(limits.idleTimeout().toMillis());
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    server.addConnector(connector);
    server.setHandler(handler);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when the address cannot be listened on
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the server does not start: " + e.getMessage(), e);
    }
  }

  /** {@return the port that the server listens on} */
  public int port() {
    return connector.getLocalPort();
  }

  /**
   * Stops: takes no more requests, finishes those that it has, and closes the models.
   *
   * @param most how long to wait for requests that are being answered
   */
  public void stop(Duration most) {
    handler.drain();
    try {
      models.awaitIdle(most);
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop: " + e.getMessage(), e);
    } finally {
      models.close();
    }
  }

  /** Stops at once. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
