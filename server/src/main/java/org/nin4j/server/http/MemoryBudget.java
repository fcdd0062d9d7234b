package org.nin4j.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes all requests of a server may hold together. */
public final class MemoryBudget {
  private final long total;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Creates a budget of which nothing is taken.
   *
   * @param total in bytes
   */
  public MemoryBudget(long total) {
    this.total = total;
  }

  /**
   * Takes a part, if that much is left.
   *
   * @param bytes how much
   * @return whether it was taken
   */
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) > total) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /**
   * Gives back what was taken.
   *
   * @param bytes how much
   */
  public void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** {@return how many bytes are taken now} */
  public long taken() {
    return taken.get();
  }
}
