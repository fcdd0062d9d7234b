package org.nin4j.internal;

import java.util.concurrent.atomic.AtomicInteger;
import org.nin4j.error.ClosedException;

/**
 * A fixed number of threads that share the tasks of one job at a time; the thread that gives the
 * job is one of them. Tasks are handed out in order, each to the next free thread.
 */
public final class Workers implements AutoCloseable {
  /** The tasks of a job. */
  @FunctionalInterface
  public interface Job {
    /**
     * Runs one task.
     *
     * @param task the index of the task, from 0
     * @param worker the index of the thread, from 0; the calling thread is 0
     */
    void run(int task, int worker);
  }

  private final String name;
  private final int others; // threads besides the caller's
  private final AtomicInteger next = new AtomicInteger();
  private int jobs; // given so far; threads start with the first
  private int busy; // other threads that have not finished the job
  private boolean closed;
  private volatile Job job;
  private volatile int tasks;
  private volatile Throwable failure;

  /**
   * @param threads the number of threads including the caller's, at least 1
   * @param name the prefix of the threads' names
   */
  public Workers(int threads, String name) {
    if (threads < 1) {
      throw new IllegalArgumentException("there must be at least 1 thread, but got " + threads);
    }
    this.name = name;
    others = threads - 1;
  }

  /** The number of threads, including the caller's. */
  public int count() {
    return others + 1;
  }

  /**
   * Does all tasks of a job; from one thread at a time. Waits for all that have begun, interrupted
   * or not.
   *
   * @param taskCount at least 0
   * @param newJob called once for each task
   * @throws ClosedException when this has been closed
   * @throws RuntimeException or Error, what the first task to fail has thrown; no further tasks are
   *     begun then
   */
  public void run(int taskCount, Job newJob) {
    synchronized (this) {
      if (closed) {
        throw new ClosedException("the workers have been closed");
      }
      if (jobs == 0) {
        start();
      }
      job = newJob;
      tasks = taskCount;
      failure = null;
      next.set(0);
      busy = others;
      jobs++;
      notifyAll();
    }
    work(0);
    awaitOthers();
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private void start() {
    for (int worker = 1; worker <= others; worker++) {
      int number = worker;
      Thread thread = new Thread(() -> serve(number), name + "-" + number);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void work(int worker) {
    Job current = job;
    int count = tasks;
    for (int task = next.getAndIncrement(); task < count; task = next.getAndIncrement()) {
      try {
        current.run(task, worker);
      } catch (RuntimeException | Error e) {
        synchronized (this) {
          failure = failure == null ? e : failure;
        }
        next.set(count);
      }
    }
  }

  private synchronized void awaitOthers() {
    boolean interrupted = false;
    while (busy > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(int worker) {
    int done = 0;
    while (awaitJob(done)) {
      done++;
      work(worker);
      synchronized (this) {
        busy--;
        notifyAll();
      }
    }
  }

  private synchronized boolean awaitJob(int done) {
    while (jobs == done && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        // nobody has a reason to; go on waiting
      }
    }
    return jobs != done;
  }

  /** Ends the threads; not while a job is done. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
