package org.nin4j.engine.internal;

/**
 * Adds up what one step of a plan takes: the same for every engine. The first run, which warms up,
 * is not counted. One reading of the system's timer ends a step and begins the next, so that the
 * steps of a pass leave no gap.
 */
public final class StepTimer {
  private long nanoseconds;
  private long runs = -1;

  /**
   * Says that a run ends now.
   *
   * @param start when it began, by {@link System#nanoTime}
   * @return now, where the next step begins
   */
  public long stop(long start) {
    long now = System.nanoTime();
    if (runs >= 0) {
      nanoseconds += now - start;
    }
    runs++;
    return now;
  }

  public long runs() {
    return Math.max(0, runs);
  }

  public long nanoseconds() {
    return nanoseconds;
  }
}
