package org.nin4j.server.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tasks that wait for threads, in one line for each model. The lines take turns, so that a crowd in
 * one of them delays the others by no more than one task at a time.
 */
final class FairQueue {
  /** How often to look at what waits, in milliseconds. */
  static final long LOOK_MILLIS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition crowd = lock.newCondition();

  /** Lines with tasks in them, in the order of their turns. */
  private final ArrayDeque<Line> turns = new ArrayDeque<>();

  private final int workers;
  private int waiting;
  private int busy;
  private boolean watching;
  private boolean closed;

  /**
   * @param workers how many threads take tasks
   */
  FairQueue(int workers) {
    this.workers = workers;
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

  /**
   * Waits for the next task.
   *
   * @param done whether the thread that asks has finished a task that it took before
   * @return null when the queue is closed
   */
  QueuedTask take(boolean done) {
    lock.lock();
    try {
      busy -= done ? 1 : 0;
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
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is time to look at what waits: {@value #LOOK_MILLIS} ms after the last look, or
   * after a task found no free thread.
   *
   * @param late receives the tasks whose time has come; they have left their lines
   * @param patient receives those that have begun to wait long
   * @return false when the queue is closed
   */
  boolean look(List<QueuedTask> late, List<QueuedTask> patient) {
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

  /** {@return the tasks that still waited; the threads that wait for tasks get none any more} */
  List<QueuedTask> close() {
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
    return left;
  }
}
