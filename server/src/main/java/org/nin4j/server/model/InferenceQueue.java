package org.nin4j.server.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that work off lines of tasks, one line for each model. The lines take turns, so that a
 * crowd in one of them delays the others by no more than one task at a time.
 *
 * <p>One more thread watches: it looks at what waits every {@value #LOOK_MILLIS} ms, ends the tasks
 * whose time has come, and tells those that wait long. It sleeps while every task finds a free
 * thread, so that a task that need not wait pays nothing for it.
 */
final class InferenceQueue implements AutoCloseable {
  /** How long a task waits before it is told so: much longer than what a crowd of a few takes. */
  static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long LOOK_MILLIS = 10;
  private static final System.Logger LOG = System.getLogger(InferenceQueue.class.getName());

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition crowd = lock.newCondition();

  /** Lines with tasks in them, in the order of their turns. */
  private final ArrayDeque<Line> turns = new ArrayDeque<>();

  private final List<Thread> threads = new ArrayList<>();
  private final int workers;
  private int waiting;
  private int busy;
  private boolean watching;
  private boolean closed;

  /**
   * @param count of threads, at least 1
   */
  InferenceQueue(int count) {
    workers = count;
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

  /** The tasks that wait for one model. */
  final class Line {
    private final int capacity;
    private final ArrayDeque<QueuedTask> tasks = new ArrayDeque<>();

    private Line(int capacity) {
      this.capacity = capacity;
    }

    /** Lets a task wait; false when the line is full or the queue is closed. */
    boolean offer(QueuedTask task) {
      lock.lock();
      try {
        if (closed || tasks.size() >= capacity) {
          return false;
        }
        if (tasks.isEmpty()) {
          turns.add(this);
        }
        tasks.add(task);
        waiting++;
        if (busy < workers) {
          work.signal();
        }
        if (waiting > workers - busy && !watching) {
          watching = true;
          crowd.signal();
        }
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Takes out a task that still waits; false when it does not. */
    boolean remove(QueuedTask task) {
      lock.lock();
      try {
        boolean removed = tasks.remove(task);
        if (removed) {
          waiting--;
          if (tasks.isEmpty()) {
            turns.remove(this);
          }
        }
        return removed;
      } finally {
        lock.unlock();
      }
    }

    int length() {
      lock.lock();
      try {
        return tasks.size();
      } finally {
        lock.unlock();
      }
    }

    int capacity() {
      return capacity;
    }

    boolean isFull() {
      return length() >= capacity;
    }
  }

  /**
   * @param capacity how many tasks may wait
   */
  Line line(int capacity) {
    return new Line(capacity);
  }

  private void workOff() {
    for (QueuedTask task = first(); task != null; task = next()) {
      boolean late = task.isLate(System.nanoTime());
      attempt(late ? task::expire : task::run);
    }
  }

  private QueuedTask first() {
    lock.lock();
    try {
      return take();
    } finally {
      lock.unlock();
    }
  }

  private QueuedTask next() {
    lock.lock();
    try {
      busy--;
      return take();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next task; null when the queue is closed. */
  private QueuedTask take() {
    while (turns.isEmpty() && !closed) {
      work.awaitUninterruptibly();
    }
    if (closed) {
      return null;
    }
    Line line = turns.remove();
    QueuedTask task = line.tasks.remove();
    if (!line.tasks.isEmpty()) {
      turns.add(line);
    }
    waiting--;
    busy++;
    return task;
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
    while (look(late, patient)) {
      late.forEach(task -> attempt(task::expire));
      patient.forEach(task -> attempt(task::waitsLong));
      late.clear();
      patient.clear();
    }
  }

  /** Waits for the next look and takes out what is late; false when the queue is closed. */
  private boolean look(List<QueuedTask> late, List<QueuedTask> patient) {
    lock.lock();
    try {
      watching = waiting > 0;
      while (!watching && !closed) {
        crowd.awaitUninterruptibly();
      }
      pause();
      long now = System.nanoTime();
      for (Line line : turns) {
        line.tasks.removeIf(task -> task.isLate(now) && late.add(task));
        for (QueuedTask task : line.tasks) {
          if (task.beginsToWaitLong(now)) {
            patient.add(task);
          }
        }
      }
      waiting -= late.size();
      turns.removeIf(line -> line.tasks.isEmpty());
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    long left = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
    while (left > 0 && !closed) {
      try {
        left = crowd.awaitNanos(left);
      } catch (InterruptedException e) {
        return; // nobody interrupts this thread; a look too early does no harm
      }
    }
  }

  /** {@return how many threads work at a task} */
  int busy() {
    lock.lock();
    try {
      return busy;
    } finally {
      lock.unlock();
    }
  }

  /** Abandons what waits, and waits for what is being done. */
  @Override
  public void close() {
    List<QueuedTask> left = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      for (Line line : turns) {
        left.addAll(line.tasks);
        line.tasks.clear();
      }
      turns.clear();
      waiting = 0;
      work.signalAll();
      crowd.signalAll();
    } finally {
      lock.unlock();
    }
    left.forEach(task -> attempt(task::abandon));
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
