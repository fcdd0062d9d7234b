package org.nin4j.server.model;

import java.util.concurrent.TimeUnit;

/**
 * Work that waits in a line until a thread is free. Exactly one of {@link #run}, {@link #expire}
 * and {@link #abandon} is called, unless {@link ServedModel#cancel} takes the task out of its line.
 */
public abstract class QueuedTask {
  private static final long NEVER = Long.MAX_VALUE;

  /** How long a task waits before it is told so: much longer than what a crowd of a few takes. */
  private static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final long created = System.nanoTime();
  private final long patience;

  /** Whether {@link #waitsLong} was called; guarded by the lock of the queue. */
  private boolean toldThatItWaits;

  /**
   * Creates a task that waits as long as necessary, or for a limited time.
   *
   * @param patienceNanos how long it may wait, in nanoseconds; zero or less for any time
   */
  protected QueuedTask(long patienceNanos) {
    patience = patienceNanos <= 0 ? NEVER : patienceNanos;
  }

  /** Does the work, on a thread of the queue's; must not throw. */
  protected abstract void run();

  /** Says that the task has waited too long and will not run; must not block or throw. */
  protected abstract void expire();

  /** Says that the queue was closed and the task will not run; must not block or throw. */
  protected abstract void abandon();

  /**
   * Says once that the task has waited for 50 ms, so that it is worth finding out whether anybody
   * still wants it. It may run by now. Must not block or throw.
   */
  protected void waitsLong() {}

  /** {@return how long ago the task was created, in nanoseconds} */
  public final long age() {
    return System.nanoTime() - created;
  }

  final boolean isLate(long now) {
    return now - created > patience;
  }

  /** Whether it has waited long and nobody has told it yet; true once. */
  final boolean beginsToWaitLong(long now) {
    if (toldThatItWaits || now - created < LONG_WAIT_NANOS) {
      return false;
    }
    toldThatItWaits = true;
    return true;
  }

  @Override
  public String toString() {
    return "a task of " + TimeUnit.NANOSECONDS.toMillis(age()) + " ms";
  }
}
