package org.nin4j.bench.load;

import java.util.Map;

/**
 * What a run of the load generator has seen. Latencies of an open loop count from the time at which
 * the request was due, in microseconds.
 *
 * @param seconds from the beginning to the last answer
 * @param byStatus the answers of each status
 * @param wrong answers of status 200 that were not as expected
 * @param broken requests without an answer, as the connection broke
 * @param closed connections that the server has closed after an answer
 * @param unsent requests that were due but found no free connection before the end
 * @param late how long after it was due a request was sent
 */
public record LoadResult(
    double seconds,
    Map<Integer, Latencies> byStatus,
    long wrong,
    long broken,
    long closed,
    long unsent,
    Latencies late) {
  private static final int OK = 200;
  private static final Latencies NONE = new Latencies(0, 0, 0, 0, 0, 0);

  /**
   * Some percentiles, in microseconds.
   *
   * @param count of requests
   * @param p50 the median
   * @param p90 what 90 % do not exceed
   * @param p99 what 99 % do not exceed
   * @param p999 what 99.9 % do not exceed
   * @param most the largest
   */
  public record Latencies(
      long count, double p50, double p90, double p99, double p999, double most) {
    static Latencies of(LatencyHistogram histogram) {
      return new Latencies(
          histogram.count(),
          histogram.percentile(0.5) / 1e3,
          histogram.percentile(0.9) / 1e3,
          histogram.percentile(0.99) / 1e3,
          histogram.percentile(0.999) / 1e3,
          histogram.largest() / 1e3);
    }
  }

  /** The good answers. */
  public Latencies good() {
    return status(OK);
  }

  /** The answers of one status. */
  public Latencies status(int status) {
    return byStatus.getOrDefault(status, NONE);
  }

  /** All answers, of any status. */
  public long answers() {
    return byStatus.values().stream().mapToLong(Latencies::count).sum();
  }

  /** Good answers per second. */
  public double throughput() {
    return good().count() / seconds;
  }
}
