package org.nin4j.server.limits;

import java.time.Duration;

/**
 * What a server refuses, so that no client can take it from the others.
 *
 * @param maxBody the longest body of a request, in bytes, also after decompression; at most 1 GiB
 * @param maxPixels the largest image, in pixels, which is checked before anything is decoded
 * @param maxRequests how many requests may be read, wait or be computed at the same time
 * @param queueTimeout how long a request may wait for a thread
 * @param headerTimeout how long a client may take to send the head of a request
 * @param requestTimeout how long a client may take to send a whole request
 * @param idleTimeout how long a connection is kept without a request
 * @param minDataRate how fast a client must send a body, in bytes per second
 * @param maxConnections how many connections are open at the same time
 */
public record ServerLimits(
    long maxBody,
    long maxPixels,
    int maxRequests,
    Duration queueTimeout,
    Duration headerTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    int minDataRate,
    int maxConnections) {

  /** {@return limits that suit a service for photographs} */
  public static ServerLimits defaults() {
    return new ServerLimits(
        10L << 20,
        50_000_000,
        1000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        1000,
        4000);
  }
}
