package org.nin4j.internal;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.nin4j.error.ClosedException;

/**
 * Things that are costly to make and of use to one thread at a time: as many as are needed, up to a
 * number. Takes no memory for each use.
 *
 * @param <T> what there is
 */
public final class Pool<T extends AutoCloseable> implements AutoCloseable {
  private final Supplier<T> maker;
  private final String whenClosed;
  private final Object[] free;
  private int freeCount;
  private int made;
  private boolean closed;

  /**
   * @param most how many there may be, at least 1
   * @param whenClosed what to tell somebody who comes too late
   * @param maker makes another one, on the thread that needs it
   */
  public Pool(int most, String whenClosed, Supplier<T> maker) {
    this.maker = maker;
    this.whenClosed = whenClosed;
    free = new Object[most];
  }

  /**
   * Takes one that is free, makes one, or waits.
   *
   * @throws ClosedException when this has been closed, also while waiting
   * @throws CancellationException when the thread is interrupted while it waits; it stays marked so
   */
  @SuppressWarnings("unchecked") // only T comes in
  public T take() {
    synchronized (this) {
      awaitOne();
      if (closed) {
        throw new ClosedException(whenClosed);
      }
      if (freeCount > 0) {
        freeCount--;
        return (T) free[freeCount];
      }
      made++;
    }
    return make();
  }

  /** Until there is a free one, or one may be made, or nothing is to be had any more. */
  private synchronized void awaitOne() {
    while (freeCount == 0 && made == free.length && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("interrupted while waiting");
        cancelled.initCause(e);
        throw cancelled;
      }
    }
  }

  private T make() {
    boolean success = false;
    try {
      T item = maker.get();
      success = true;
      return item;
    } finally {
      if (!success) {
        synchronized (this) {
          made--;
          notifyAll();
        }
      }
    }
  }

  /**
   * Gives back what was taken.
   *
   * @param item closed at once if this has been closed meanwhile
   */
  public void give(T item) {
    boolean late;
    synchronized (this) {
      late = closed;
      if (!late) {
        free[freeCount] = item;
        freeCount++;
        notifyAll();
      }
    }
    if (late) {
      close(item);
    }
  }

  /** How many there may be. */
  public int most() {
    return free.length;
  }

  /** Closes all that are free; those in use when they are given back. */
  @Override
  public synchronized void close() {
    closed = true;
    while (freeCount > 0) {
      freeCount--;
      close(free[freeCount]);
      free[freeCount] = null;
    }
    notifyAll();
  }

  private static void close(Object item) {
    try {
      ((AutoCloseable) item).close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
