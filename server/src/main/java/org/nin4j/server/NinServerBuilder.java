package org.nin4j.server;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nin4j.server.http.RequestListener;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.metrics.LogTarget;
import org.nin4j.server.model.ModelRepository;

/**
 * Collects the options of a {@link NinServer}. Each has a default that suits a service on this
 * machine alone.
 */
public final class NinServerBuilder {
  private static final int MOST_PORT = 65_535;

  final ModelRepository models;
  final List<RequestListener> listeners = new ArrayList<>();
  String host = "127.0.0.1";
  int port = 8080;
  ServerLimits limits = ServerLimits.defaults();
  Duration drainTime = Duration.ofSeconds(30);

  /** Null for no access log. */
  LogTarget accessLog;

  NinServerBuilder(ModelRepository models) {
    this.models = Objects.requireNonNull(models, "models");
  }

  /**
   * Sets the address to listen on.
   *
   * @param value a name or an address of this machine; {@code 0.0.0.0} for all of them. Default:
   *     {@code 127.0.0.1}, which only this machine can reach
   * @return this builder
   */
  public NinServerBuilder host(String value) {
    host = Objects.requireNonNull(value, "host");
    return this;
  }

  /**
   * Sets the port to listen on.
   *
   * @param value 1 to 65535, or 0 for any that is free, which {@link NinServer#port} then returns.
   *     Default: 8080
   * @return this builder
   * @throws IllegalArgumentException when there is no such port
   */
  public NinServerBuilder port(int value) {
    if (value < 0 || value > MOST_PORT) {
      throw new IllegalArgumentException(
          "a port must be from 0 to " + MOST_PORT + ", but is " + value);
    }
    port = value;
    return this;
  }

  /**
   * Sets what the server refuses.
   *
   * @param value the limits. Default: {@link ServerLimits#defaults}
   * @return this builder
   */
  public NinServerBuilder limits(ServerLimits value) {
    limits = Objects.requireNonNull(value, "limits");
    return this;
  }

  /**
   * Sets how long {@link NinServer#stop} waits for the requests that are being answered.
   *
   * @param value the time, at least 0. Default: 30 seconds
   * @return this builder
   * @throws IllegalArgumentException when the time is negative
   */
  public NinServerBuilder drainTime(Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("the time to drain must not be negative");
    }
    drainTime = value;
    return this;
  }

  /**
   * Writes a line of JSON for each request to a file: to its end, or to a new file if there is none
   * any more because it was moved away. A log that cannot be written delays no request.
   *
   * @param file the file; made when it does not exist. Default: no log
   * @return this builder
   */
  public NinServerBuilder accessLog(Path file) {
    accessLog = LogTarget.file(file);
    return this;
  }

  /**
   * Writes a line of JSON for each request to a stream, which stays open.
   *
   * @param stream such as {@code System.out}. Default: no log
   * @return this builder
   */
  public NinServerBuilder accessLog(OutputStream stream) {
    accessLog = LogTarget.stream(Objects.requireNonNull(stream, "stream"));
    return this;
  }

  /** Adds what is told of every request that has ended; called in the order of addition. */
  NinServerBuilder listener(RequestListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Makes the server, which {@link NinServer#start} starts.
   *
   * @return a server that does not listen yet
   */
  public NinServer build() {
    return new NinServer(this);
  }
}
