package org.nin4j.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the requests for models, over all models, and refuses those that are too many or come
 * after the server has begun to stop. A server that stops waits for all from their heads on; the
 * limit is on those whose bodies have come, so that clients that are slow to send theirs take no
 * place from others.
 */
public final class Admission {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private final int most;
  private int count;
  private int complete;
  private volatile boolean draining;

  /**
   * Creates a count of zero.
   *
   * @param most how many requests whose bodies have come may be inside at the same time
   */
  public Admission(int most) {
    this.most = most;
  }

  /** A request that was let in. */
  final class Ticket {
    private boolean hasPlace;
    private boolean left;

    /**
     * Takes a place for the request, as its body has come.
     *
     * @return false when the request has left already
     * @throws HttpError 503 when there is no place
     */
    boolean takePlace() throws HttpError {
      lock.lock();
      try {
        if (left) {
          return false;
        }
        requirePlace();
        complete++;
        hasPlace = true;
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Says that the request has ended; to be called once. */
    void leave() {
      lock.lock();
      try {
        left = true;
        complete -= hasPlace ? 1 : 0;
        count--;
        if (count == 0) {
          none.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Lets a request in, which must {@link Ticket#leave leave} when it has ended.
   *
   * @throws HttpError 503 when there are too many, or the server is stopping
   */
  Ticket enter() throws HttpError {
    lock.lock();
    try {
      if (draining) {
        throw HttpError.stopping();
      }
      requirePlace();
      count++;
      return new Ticket();
    } finally {
      lock.unlock();
    }
  }

  private void requirePlace() throws HttpError {
    if (complete >= most) {
      throw HttpError.unavailable(
          "as many requests are being answered as may; try again in a second");
    }
  }

  /** Returns how many requests are inside. */
  public int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Lets no more requests in. */
  public void drain() {
    lock.lock(); // so that whoever waits afterwards sees all that were let in
    try {
      draining = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses what asks whether the server is ready, once it lets no more requests in.
   *
   * @throws HttpError 503 when the server is stopping
   */
  public void requireReady() throws HttpError {
    if (draining) {
      throw HttpError.stopping();
    }
  }

  /** Returns whether no more requests are let in. */
  boolean isDraining() {
    return draining;
  }

  /**
   * Waits until no request is inside.
   *
   * @param longest how long to wait
   * @return false when that time did not suffice
   */
  public boolean awaitNone(Duration longest) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(longest); // saturates
    lock.lock();
    try {
      while (count > 0) {
        if (left <= 0) {
          return false;
        }
        left = none.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
