package org.nin4j.cli;

import java.time.Duration;
import java.util.function.Consumer;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.limits.ServerLimitsBuilder;
import picocli.CommandLine.Option;

/** The options for what a server refuses. */
final class LimitOptions {
  static final String HEADING = "%nLimits (sizes as in 10MiB, times as in 30s or 500ms):%n";

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "How many requests may wait for each model; one more gets 503 at once. Default: 100.")
  int queue = 100;

  @Option(
      names = "--queue-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description =
          "How long a request may wait before it gets 504, unless it says so itself. Default: 10s.")
  Duration queueTimeout;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description =
          "How many requests whose bodies have come may wait or be computed. Default: 1000.")
  Integer maxRequests;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "How many connections may be open at the same time. Default: 4000.")
  Integer maxConnections;

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description =
          "The longest body of a request, also after decompression, at most 1GiB. Default: 10MiB.")
  Long maxBody;

  @Option(
      names = "--max-body-memory",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description =
          "How much memory the bodies of all requests may take together. Default: a quarter of the heap.")
  Long maxBodyMemory;

  @Option(
      names = "--max-head",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description = "The longest head of a request: its first line and headers. Default: 16KiB.")
  Long maxHead;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      converter = Quantity.Count.class,
      description =
          "The largest image, in pixels (width x height), checked before it is decoded. Default: 50M.")
  Long maxPixels;

  @Option(
      names = "--header-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long a client may take to send the head of a request. Default: 10s.")
  Duration headerTimeout;

  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long a client may take to send a whole request. Default: 60s.")
  Duration requestTimeout;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long a connection is kept on which nothing moves. Default: 30s.")
  Duration idleTimeout;

  @Option(
      names = "--min-data-rate",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description =
          "How fast a client must send a body, in bytes per second; 0 for any rate. Default: 1000.")
  Long minDataRate;

  /**
   * Returns what the options say.
   *
   * @throws UsageException when a value is out of its range
   */
  ServerLimits read() {
    if (queue < 1) {
      throw new UsageException("--queue must be at least 1, but is " + queue);
    }
    ServerLimitsBuilder limits = ServerLimits.builder();
    set(queueTimeout, limits::queueTimeout);
    set(maxRequests, limits::maxRequests);
    set(maxConnections, limits::maxConnections);
    set(maxBody, limits::maxBody);
    set(maxBodyMemory, limits::maxBodyMemory);
    set(maxHead, value -> limits.maxHead(atMostInt(value)));
    set(maxPixels, limits::maxPixels);
    set(headerTimeout, limits::headerTimeout);
    set(requestTimeout, limits::requestTimeout);
    set(idleTimeout, limits::idleTimeout);
    set(minDataRate, value -> limits.minDataRate(atMostInt(value)));
    try {
      return limits.build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static <T> void set(T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  /** What is too large for an int is too large for the limit as well. */
  private static int atMostInt(long value) {
    return (int) Math.min(value, Integer.MAX_VALUE);
  }
}
