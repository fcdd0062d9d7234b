package org.nin4j.bench.load;

import java.util.Locale;

/**
 * What a load generator is to do.
 *
 * @param shape how requests follow each other
 * @param requestsPerSecond of an open loop
 * @param seconds for how long
 * @param connections how many are open, and so how many requests are under way, at most
 */
public record LoadOrder(Shape shape, double requestsPerSecond, double seconds, int connections) {
  /** How requests follow each other. */
  public enum Shape {
    /** Each connection asks again as soon as it has its answer. */
    CLOSED,
    /** An open loop, with the same time between requests. */
    EVEN,
    /** An open loop, as of many clients that know nothing of each other. */
    RANDOM
  }

  private static final long SEED = 1;

  /** As many requests as the server answers, of so many connections. */
  public static LoadOrder closed(int connections, double seconds) {
    return new LoadOrder(Shape.CLOSED, 0, seconds, connections);
  }

  static LoadOrder parse(String[] words) {
    return new LoadOrder(
        Shape.valueOf(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Integer.parseInt(words[4]));
  }

  /** The line that asks a {@link LoadChild} for it. */
  public String line() {
    return String.format(
        Locale.ROOT, "load %s %.3f %.3f %d", shape, requestsPerSecond, seconds, connections);
  }

  /** Null for a closed loop. */
  Schedule schedule() {
    return switch (shape) {
      case CLOSED -> null;
      case EVEN -> Schedule.evenly(requestsPerSecond);
      case RANDOM -> Schedule.atRandom(requestsPerSecond, SEED);
    };
  }
}
