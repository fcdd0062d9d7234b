package org.nin4j.server.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Looks at what may take too long, four times a second: cheaper than a timer for each request, of
 * which nearly all would be cancelled.
 */
public final class PeriodicScan {
  private static final long PERIOD_MILLIS = 250;

  /** Something that may take too long. */
  public interface Check {
    /**
     * Ends it if it has taken too long; must not block or throw.
     *
     * @param now the time, as {@link System#nanoTime} tells it
     */
    void check(long now);
  }

  private final Set<Check> checks = ConcurrentHashMap.newKeySet();
  private volatile Scheduler scheduler;

  /** Creates a scan of nothing. */
  public PeriodicScan() {}

  /**
   * Looks at one more thing from now on.
   *
   * @param check what to do each time
   */
  public void add(Check check) {
    checks.add(check);
  }

  /**
   * Looks at it no longer.
   *
   * @param check what was added; if it was not, nothing happens
   */
  public void remove(Check check) {
    checks.remove(check);
  }

  /**
   * Begins to look.
   *
   * @param timer whose thread does it
   */
  public void start(Scheduler timer) {
    scheduler = timer;
    timer.schedule(this::scan, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends looking. */
  public void stop() {
    scheduler = null;
  }

  private void scan() {
    Scheduler timer = scheduler;
    if (timer != null) {
      long now = System.nanoTime();
      checks.forEach(check -> check.check(now));
      timer.schedule(this::scan, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
