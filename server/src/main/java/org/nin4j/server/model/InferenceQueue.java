package org.nin4j.server.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that work off lines of tasks, one line for each model. The lines take turns, so that a
 * crowd in one of them delays the others by no more than one task at a time.
 */
final class InferenceQueue implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition idle = lock.newCondition();

  /** Lines with tasks in them, in the order of their turns. */
  private final ArrayDeque<Line> turns = new ArrayDeque<>();

  private final List<Thread> threads = new ArrayList<>();
  private int busy;
  private boolean closed;

  /**
   * @param count of threads, at least 1
   */
  InferenceQueue(int count) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::workOff, "nin4j-server-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
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
        work.signal();
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
        if (removed && tasks.isEmpty()) {
          turns.remove(this);
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
    for (QueuedTask task = take(); task != null; task = take()) {
      if (task.isLate()) {
        task.expire();
      } else {
        task.run();
      }
      lock.lock();
      try {
        busy--;
        if (busy == 0 && turns.isEmpty()) {
          idle.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits for the next task; null when the queue is closed. */
  private QueuedTask take() {
    lock.lock();
    try {
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
      busy++;
      return task;
    } finally {
      lock.unlock();
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

  /** Waits until nothing waits and nobody works; false when that takes longer than it may. */
  boolean awaitIdle(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lock();
    try {
      while (busy > 0 || !turns.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        left = idle.awaitNanos(left);
      }
      return true;
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
      turns.forEach(line -> left.addAll(line.tasks));
      turns.forEach(line -> line.tasks.clear());
      turns.clear();
      work.signalAll();
    } finally {
      lock.unlock();
    }
    left.forEach(QueuedTask::abandon);
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
