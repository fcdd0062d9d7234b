package org.nin4j.bench.serving;

import java.io.IOException;
import org.nin4j.bench.load.LoadOrder;
import org.nin4j.bench.load.LoadOrder.Shape;
import org.nin4j.bench.load.LoadResult;

/**
 * Asks a server until its code is compiled, and that of the load generator: as often as the
 * compiler needs to see it, which takes seconds on a free machine and longer on a busy one. First
 * as fast as it answers, then at half of that, which takes other ways through the code.
 */
final class WarmUp {
  private static final long ANSWERS = 40_000;
  private static final double SECONDS = 2;
  private static final int MOST_RUNS = 20;
  private static final double HALF_LOAD_SECONDS = 8;

  private WarmUp() {}

  static void run(Load load, MeasurementSettings settings) throws IOException {
    long answers = 0;
    double greatest = 0;
    for (int i = 0; i < MOST_RUNS && answers < ANSWERS; i++) {
      LoadResult result = load.run(LoadOrder.closed(settings.connections(), SECONDS)).result();
      answers += result.answers();
      greatest = Math.max(greatest, result.throughput());
    }
    load.run(
        new LoadOrder(Shape.RANDOM, greatest / 2, HALF_LOAD_SECONDS, settings.openConnections()));
  }
}
