package org.nin4j.server.limits;

import java.time.Duration;

/** Collects {@link ServerLimits}; what is not set keeps its default. */
public final class ServerLimitsBuilder {
  private static final int PARTS_OF_HEAP = 4;

  private int maxHead = 16 << 10;
  private long maxBody = 10L << 20;

  /** 0 until it is set: it depends on the heap and on the longest body. */
  private long maxBodyMemory;

  private long maxPixels = 50_000_000;
  private int maxRequests = 1000;
  private Duration queueTimeout = Duration.ofSeconds(10);
  private Duration headerTimeout = Duration.ofSeconds(10);
  private Duration requestTimeout = Duration.ofSeconds(60);
  private Duration idleTimeout = Duration.ofSeconds(30);
  private int minDataRate = 1000;
  private int maxConnections = 4000;

  ServerLimitsBuilder() {}

  /**
   * Sets the longest head of a request.
   *
   * @param value bytes, 1 KiB to 1 MiB. Default: 16 KiB
   * @return this builder
   */
  public ServerLimitsBuilder maxHead(int value) {
    maxHead = value;
    return this;
  }

  /**
   * Sets the longest body of a request, also after decompression.
   *
   * @param value bytes, 1 to 1 GiB. Default: 10 MiB
   * @return this builder
   */
  public ServerLimitsBuilder maxBody(long value) {
    maxBody = value;
    return this;
  }

  /**
   * Sets how much memory the bodies of all requests take together.
   *
   * @param value bytes, at least as many as the longest body. Default: a quarter of the heap
   * @return this builder
   */
  public ServerLimitsBuilder maxBodyMemory(long value) {
    maxBodyMemory = value;
    return this;
  }

  /**
   * Sets the largest image.
   *
   * @param value pixels, 1 to 700 million. Default: 50 million
   * @return this builder
   */
  public ServerLimitsBuilder maxPixels(long value) {
    maxPixels = value;
    return this;
  }

  /**
   * Sets how many requests whose bodies have come wait or are computed at the same time.
   *
   * @param value requests, at least 1. Default: 1000
   * @return this builder
   */
  public ServerLimitsBuilder maxRequests(int value) {
    maxRequests = value;
    return this;
  }

  /**
   * Sets how long a request may wait for a thread, unless it says so itself.
   *
   * @param value a millisecond to a day. Default: 10 seconds
   * @return this builder
   */
  public ServerLimitsBuilder queueTimeout(Duration value) {
    queueTimeout = value;
    return this;
  }

  /**
   * Sets how long a client may take to send the head of a request.
   *
   * @param value a millisecond to a day. Default: 10 seconds
   * @return this builder
   */
  public ServerLimitsBuilder headerTimeout(Duration value) {
    headerTimeout = value;
    return this;
  }

  /**
   * Sets how long a client may take to send a whole request.
   *
   * @param value a millisecond to a day. Default: a minute
   * @return this builder
   */
  public ServerLimitsBuilder requestTimeout(Duration value) {
    requestTimeout = value;
    return this;
  }

  /**
   * Sets how long a connection is kept on which nothing moves.
   *
   * @param value a millisecond to a day. Default: 30 seconds
   * @return this builder
   */
  public ServerLimitsBuilder idleTimeout(Duration value) {
    idleTimeout = value;
    return this;
  }

  /**
   * Sets how fast a client must send a body, on average.
   *
   * @param value bytes per second; 0 for no limit. Default: 1000
   * @return this builder
   */
  public ServerLimitsBuilder minDataRate(int value) {
    minDataRate = value;
    return this;
  }

  /**
   * Sets how many connections are open at the same time.
   *
   * @param value connections, at least 1. Default: 4000
   * @return this builder
   */
  public ServerLimitsBuilder maxConnections(int value) {
    maxConnections = value;
    return this;
  }

  /**
   * Makes the limits.
   *
   * @return the limits that were set, and the defaults of the others
   * @throws IllegalArgumentException as {@link ServerLimits} does
   */
  public ServerLimits build() {
    return new ServerLimits(
        maxHead,
        maxBody,
        maxBodyMemory == 0 ? Math.max(maxBody, quarterOfHeap()) : maxBodyMemory,
        maxPixels,
        maxRequests,
        queueTimeout,
        headerTimeout,
        requestTimeout,
        idleTimeout,
        minDataRate,
        maxConnections);
  }

  private static long quarterOfHeap() {
    return Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP;
  }
}
