package org.nin4j.server.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The threads that compute, over the lines of one {@link FairQueue}.
 *
 * <p>One more thread watches: it looks at what waits every {@value FairQueue#LOOK_MILLIS} ms, ends
 * the tasks whose time has come, and tells those that wait long. It sleeps while every task finds a
 * free thread, so that a task that need not wait pays nothing for it.
 */
final class InferenceThreads implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InferenceThreads.class.getName());

  private final FairQueue queue;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param count of threads, at least 1
   */
  InferenceThreads(int count) {
    queue = new FairQueue(count);
    for (int i = 0; i < count; i++) {
      start("nin4j-server-" + i, this::workOff);
    }
    start("nin4j-server-watch", this::watch);
  }

  private void start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /**
   * Begins the line of a model.
   *
   * @param capacity how many tasks may wait
   */
  FairQueue.Line line(int capacity) {
    return queue.line(capacity);
  }

  private void workOff() {
    for (QueuedTask task = queue.take(false); task != null; task = queue.take(true)) {
      boolean late = task.isLate(System.nanoTime());
      attempt(late ? task::expire : task::run);
    }
  }

  /** A task that throws in spite of its contract must not end a thread of all tasks. */
  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a task of the queue has failed", e);
    }
  }

  private void watch() {
    List<QueuedTask> late = new ArrayList<>();
    List<QueuedTask> patient = new ArrayList<>();
    while (queue.look(late, patient)) {
      late.forEach(task -> attempt(task::expire));
      patient.forEach(task -> attempt(task::waitsLong));
      late.clear();
      patient.clear();
    }
  }

  /** {@return how many threads work at a task} */
  int busy() {
    return queue.busy();
  }

  /** Abandons what waits, and waits for what is being done. */
  @Override
  public void close() {
    queue.close().forEach(task -> attempt(task::abandon));
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
