package org.nin4j.bench.serving;

import java.io.IOException;
import org.nin4j.bench.load.LoadOrder;

/**
 * Asks a server until its code is compiled: as often as the compiler needs to see it, which takes
 * seconds on a free machine and longer on a busy one.
 */
final class WarmUp {
  private static final long ANSWERS = 15_000;
  private static final double SECONDS = 2;
  private static final int MOST_RUNS = 20;

  private WarmUp() {}

  static void run(Load load, int connections) throws IOException {
    long answers = 0;
    for (int i = 0; i < MOST_RUNS && answers < ANSWERS; i++) {
      answers += load.run(LoadOrder.closed(connections, SECONDS)).result().answers();
    }
  }
}
