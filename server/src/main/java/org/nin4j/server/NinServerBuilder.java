package org.nin4j.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.nin4j.server.access.HostCheck;
import org.nin4j.server.access.OriginCheck;
import org.nin4j.server.access.TlsKeys;
import org.nin4j.server.event.RequestListener;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.metrics.LogTarget;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.ModelWatcher;

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
  final List<String> allowedHosts = new ArrayList<>();
  final List<String> allowedOrigins = new ArrayList<>();
  String token;
  SslContextFactory.Server tls;

  /** Null for models that do not change. */
  Duration watchInterval;

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

  /**
   * Lets clients call the server by a further name. Addresses, {@code localhost} and the name that
   * it listens on are always allowed; any other is refused with 421, as a page from elsewhere may
   * have let its own name point here.
   *
   * @param name such as {@code models.example}; {@code .example} for all names below it; {@code *}
   *     for any
   * @return this builder
   * @throws IllegalArgumentException when it is not a name, such as an address with a scheme or a
   *     port
   */
  public NinServerBuilder allowedHost(String name) {
    allowedHosts.add(HostCheck.requireName(name));
    return this;
  }

  /**
   * Lets pages of another origin ask the server and read its answers; those of others are refused
   * with 403.
   *
   * @param origin such as {@code https://shop.example}, as browsers send it; {@code *} for any
   * @return this builder
   * @throws IllegalArgumentException when no browser would send it, as it has no scheme, or a path
   */
  public NinServerBuilder allowedOrigin(String origin) {
    allowedOrigins.add(OriginCheck.requireOrigin(origin));
    return this;
  }

  /**
   * Answers only clients that send a token as {@code Authorization: Bearer TOKEN}; others get 401.
   * Whether the server lives is told to everybody.
   *
   * @param value the token: visible ASCII characters, at least one. Default: none is asked for
   * @return this builder
   * @throws IllegalArgumentException when no client could send it
   */
  public NinServerBuilder token(String value) {
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "a token must be one or more visible ASCII characters without spaces");
    }
    token = value;
    return this;
  }

  /**
   * Answers over TLS (1.2 or 1.3) only.
   *
   * @param keystore a file of PKCS #12 or JKS with the server's key and certificate
   * @param password of the keystore and of the key in it
   * @return this builder
   * @throws IOException when the file cannot be read, the password is another one, or it holds no
   *     key; the message says which
   */
  public NinServerBuilder tls(Path keystore, char[] password) throws IOException {
    tls = TlsKeys.read(keystore, password);
    return this;
  }

  /**
   * Adds a listener, which receives the outcome of every request; of several listeners, the one
   * that was added first is the first to be called.
   *
   * @param listener must be quick and must not throw
   * @return this builder
   */
  public NinServerBuilder listener(RequestListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Loads models again when their files have changed, as {@link ModelWatcher} does.
   *
   * @param interval how often to look at the files, at least every millisecond. Default: never
   * @return this builder
   * @throws IllegalArgumentException when the interval is too short
   */
  public NinServerBuilder watchModels(Duration interval) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "the files of models can be looked at every millisecond, but not every " + interval);
    }
    watchInterval = interval;
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
