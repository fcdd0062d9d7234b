package org.nin4j.cli;

import java.time.Duration;
import org.nin4j.server.limits.ServerLimits;
import picocli.CommandLine.Option;

/** The options for what a server refuses. */
final class LimitOptions {
  static final String HEADING = "%nLimits (sizes as in 10MiB, times as in 30s or 500ms):%n";

  private static final ServerLimits DEFAULTS = ServerLimits.defaults();

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
      description = "How long a request may wait before it gets 504. Default: 10s.")
  Duration queueTimeout = DEFAULTS.queueTimeout();

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      description =
          "How many requests may be read, wait or be computed at the same time. Default: 1000.")
  int maxRequests = DEFAULTS.maxRequests();

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description =
          "The longest body of a request, also after decompression, at most 1GiB. Default: 10MiB.")
  long maxBody = DEFAULTS.maxBody();

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      converter = Quantity.Count.class,
      description = "The largest image, in pixels (width x height). Default: 50M.")
  long maxPixels = DEFAULTS.maxPixels();

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "How many connections may be open at the same time. Default: 4000.")
  int maxConnections = DEFAULTS.maxConnections();

  @Option(
      names = "--header-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long a client may take to send the head of a request. Default: 10s.")
  Duration headerTimeout = DEFAULTS.headerTimeout();

  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long a client may take to send a whole request. Default: 60s.")
  Duration requestTimeout = DEFAULTS.requestTimeout();

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      description = "How long a connection without a request is kept. Default: 30s.")
  Duration idleTimeout = DEFAULTS.idleTimeout();

  @Option(
      names = "--min-data-rate",
      paramLabel = "SIZE",
      converter = Quantity.Bytes.class,
      description = "How fast a client must send a body, in bytes per second. Default: 1000.")
  long minDataRate = DEFAULTS.minDataRate();

  /**
   * Returns what the options say.
   *
   * @throws UsageException when a value is out of its range
   */
  ServerLimits read() {
    requirePositive("--queue", queue);
    requirePositive("--max-requests", maxRequests);
    requirePositive("--max-connections", maxConnections);
    requireFrom1("--max-body", maxBody, 1 << 30, "1GiB");
    requireFrom1("--max-pixels", maxPixels, Integer.MAX_VALUE, "2G");
    requireFrom1("--min-data-rate", minDataRate, 1 << 30, "1GiB");
    requireTime("--queue-timeout", queueTimeout);
    requireTime("--header-timeout", headerTimeout);
    requireTime("--request-timeout", requestTimeout);
    requireTime("--idle-timeout", idleTimeout);
    return new ServerLimits(
        maxBody,
        maxPixels,
        maxRequests,
        queueTimeout,
        headerTimeout,
        requestTimeout,
        idleTimeout,
        (int) minDataRate,
        maxConnections);
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new UsageException(option + " must be at least 1, but is " + value);
    }
  }

  private static void requireFrom1(String option, long value, long most, String text) {
    if (value < 1 || value > most) {
      throw new UsageException(option + " must be from 1 to " + text + ", but is " + value);
    }
  }

  private static void requireTime(String option, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new UsageException(option + " must be from 1ms to 24h, but is " + value);
    }
  }
}
