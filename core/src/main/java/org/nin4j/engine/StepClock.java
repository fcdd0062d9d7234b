package org.nin4j.engine;

/**
 * Adds up what one step of a plan takes: the same for every engine. One reading of the system's
 * clock ends a step and begins the next, so that the steps of a pass leave no gap.
 */
public final class StepClock {
  private long nanoseconds;
  private long runs;

  /**
   * Counts a run that ends now.
   *
   * @param start when it began, by {@link System#nanoTime}
   * @return now, where the next step begins
   */
  public long stop(long start) {
    long now = System.nanoTime();
    nanoseconds += now - start;
    runs++;
    return now;
  }

  public long runs() {
    return runs;
  }

  public long nanoseconds() {
    return nanoseconds;
  }
}
