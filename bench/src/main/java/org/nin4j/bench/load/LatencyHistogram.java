package org.nin4j.bench.load;

/**
 * Counts durations in buckets whose width is at most 1/64 of their value, so that percentiles of
 * any number of requests are known to 1.6 %.
 */
final class LatencyHistogram {
  /** Buckets of a doubling, as a power of two. */
  private static final int BITS = 6;

  private final long[] counts = new long[(Long.SIZE - BITS) << BITS];
  private long total;
  private long largest;

  /**
   * @param nanoseconds 0 or more
   */
  void record(long nanoseconds) {
    counts[bucket(nanoseconds)]++;
    total++;
    largest = Math.max(largest, nanoseconds);
  }

  void add(LatencyHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
    largest = Math.max(largest, other.largest);
  }

  private static int bucket(long value) {
    int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - BITS);
    return (shift << BITS) + (int) (value >>> shift);
  }

  /** Returns the largest value of a bucket. */
  private static long upperEdge(int bucket) {
    int shift = Math.max(0, (bucket >>> BITS) - 1);
    return ((bucket - ((long) shift << BITS) + 1) << shift) - 1;
  }

  long count() {
    return total;
  }

  long largest() {
    return largest;
  }

  /**
   * Returns a duration that the share of all requests does not exceed, in nanoseconds; 0 when there
   * were none.
   *
   * @param share above 0, at most 1
   */
  long percentile(double share) {
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && seen > 0) {
        return Math.min(upperEdge(i), largest);
      }
    }
    return 0;
  }
}
