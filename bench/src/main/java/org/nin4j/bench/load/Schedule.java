package org.nin4j.bench.load;

import java.util.Random;

/**
 * When the requests of an open loop are due: at a rate that does not depend on the answers, so that
 * a slow server does not slow down those who ask it.
 */
final class Schedule {
  private final double meanGap;
  private final Random random;
  private double last;

  private Schedule(double requestsPerSecond, Random random) {
    meanGap = 1e9 / requestsPerSecond;
    this.random = random;
  }

  /** Requests with the same time between them. */
  static Schedule evenly(double requestsPerSecond) {
    return new Schedule(requestsPerSecond, null);
  }

  /** Requests of many clients that know nothing of each other: a Poisson process. */
  static Schedule atRandom(double requestsPerSecond, long seed) {
    return new Schedule(requestsPerSecond, new Random(seed));
  }

  /** Returns when the next request is due, in nanoseconds since the beginning. */
  synchronized long next() {
    last += random == null ? meanGap : -Math.log1p(-random.nextDouble()) * meanGap;
    return (long) last;
  }
}
