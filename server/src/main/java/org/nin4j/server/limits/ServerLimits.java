package org.nin4j.server.limits;

import java.time.Duration;

/**
 * What a server refuses, so that no client can take it from the others. All limits are on by
 * default; {@link #builder} changes some of them.
 *
 * @param maxHead the longest head of a request (its first line and headers), in bytes
 * @param maxBody the longest body of a request, in bytes, also after decompression; at most 1 GiB
 * @param maxBodyMemory how many bytes of bodies are held at the same time, by all requests that are
 *     read, wait or are computed
 * @param maxPixels the largest image, in pixels, which is checked before anything is decoded; at
 *     most 700 million
 * @param maxRequests how many requests whose bodies have come may wait or be computed at the same
 *     time
 * @param queueTimeout how long a request may wait for a thread
 * @param headerTimeout how long a client may take to send the head of a request
 * @param requestTimeout how long a client may take to send a whole request
 * @param idleTimeout how long a connection is kept without a request, and how long a client may
 *     take to go on reading a response
 * @param minDataRate how fast a client must send a body on average, in bytes per second, after its
 *     first five seconds (or the first quarter of {@code requestTimeout}); 0 for as slowly as it
 *     likes
 * @param maxConnections how many connections are open at the same time; others wait until one is
 *     closed
 */
public record ServerLimits(
    int maxHead,
    long maxBody,
    long maxBodyMemory,
    long maxPixels,
    int maxRequests,
    Duration queueTimeout,
    Duration headerTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    int minDataRate,
    int maxConnections) {

  private static final long LEAST_HEAD = 1 << 10;
  private static final long MOST_HEAD = 1 << 20;
  private static final long MOST_BODY = 1 << 30;

  /** What {@link org.nin4j.data.ImageFiles} decodes: more bytes do not fit into an array. */
  private static final long MOST_PIXELS = 700_000_000;

  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Checks the limits.
   *
   * @param maxHead the longest head of a request (its first line and headers), in bytes
   * @param maxBody the longest body of a request, in bytes, also after decompression; at most 1 GiB
   * @param maxBodyMemory how many bytes of bodies are held at the same time, by all requests that
   *     are read, wait or are computed
   * @param maxPixels the largest image, in pixels, which is checked before anything is decoded
   * @param maxRequests how many requests whose bodies have come may wait or be computed at the same
   *     time
   * @param queueTimeout how long a request may wait for a thread
   * @param headerTimeout how long a client may take to send the head of a request
   * @param requestTimeout how long a client may take to send a whole request
   * @param idleTimeout how long a connection is kept without a request, and how long a client may
   *     take to go on reading a response
   * @param minDataRate how fast a client must send a body on average, in bytes per second, after
   *     its first five seconds (or the first quarter of {@code requestTimeout}); 0 for as slowly as
   *     it likes
   * @param maxConnections how many connections are open at the same time; others wait until one is
   *     closed
   * @throws IllegalArgumentException when one of them lets nothing through, or is beyond what the
   *     server can hold to
   */
  public ServerLimits {
    within("the longest head", maxHead, LEAST_HEAD, MOST_HEAD, "bytes");
    within("the longest body", maxBody, 1, MOST_BODY, "bytes");
    within("the memory for bodies", maxBodyMemory, maxBody, Long.MAX_VALUE, "bytes");
    within("the largest image", maxPixels, 1, MOST_PIXELS, "pixels");
    within("the limit on requests", maxRequests, 1, Integer.MAX_VALUE, "requests");
    within("the least data rate", minDataRate, 0, Integer.MAX_VALUE, "bytes per second");
    within("the limit on connections", maxConnections, 1, Integer.MAX_VALUE, "connections");
    within("the time in the queue", queueTimeout);
    within("the time for a head", headerTimeout);
    within("the time for a request", requestTimeout);
    within("the time without a request", idleTimeout);
  }

  private static void within(String what, long value, long least, long most, String unit) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be from " + least + " to " + most + " " + unit + ", but is " + value);
    }
  }

  private static void within(String what, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " must be from a millisecond to a day, but is " + value.toMillis() + " ms");
    }
  }

  /** {@return limits that suit a service for photographs} */
  public static ServerLimits defaults() {
    return builder().build();
  }

  /** {@return a builder that begins with the defaults} */
  public static ServerLimitsBuilder builder() {
    return new ServerLimitsBuilder();
  }
}
