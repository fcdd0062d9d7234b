package org.nin4j.bench.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a server needs at some points in time, to see whether it grows. */
final class Growth {
  private static final double MEBI = 1 << 20;

  private final ProcessFacts server;
  private final List<State> states = new ArrayList<>();

  Growth(ProcessFacts server) {
    this.server = server;
  }

  /**
   * What a server needs.
   *
   * @param resident bytes of memory
   * @param heap bytes of objects that are left after a collection
   * @param threads their number
   */
  record State(long resident, long heap, long threads) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f MiB resident, %.1f MiB of objects, %d threads",
          resident / MEBI,
          heap / MEBI,
          threads);
    }
  }

  /** Looks again. */
  State look() throws IOException {
    long heap = server.liveHeapBytes();
    State state = new State(server.residentBytes(), heap, server.threads());
    states.add(state);
    return state;
  }

  List<State> states() {
    return states;
  }
}
