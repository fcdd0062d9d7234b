package org.nin4j.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import org.nin4j.engine.Engine;
import org.nin4j.train.ShardSpec;

/**
 * A training in the JVM of an executor: workers for as many steps as are computed at the same time.
 * A worker belongs to one task until the task gives it back, whatever happens to the task.
 */
final class ExecutorTraining implements AutoCloseable {
  private final Engine engine;
  private final TrainingMessage message;
  private final ShardSpec spec;
  private final Deque<StepWorker> free = new ArrayDeque<>();
  private boolean closed;

  ExecutorTraining(Engine engine, TrainingMessage message) {
    message.requireSame(engine);
    this.engine = engine;
    this.message = message;
    spec = message.spec();
  }

  ShardSpec spec() {
    return spec;
  }

  TrainingMessage message() {
    return message;
  }

  Engine engine() {
    return engine;
  }

  /**
   * Takes a worker that nobody else has.
   *
   * @param threads number of threads of a worker; the same for all tasks of an application
   */
  StepWorker take(int threads) {
    synchronized (this) {
      if (!free.isEmpty()) {
        return free.pop();
      }
    }
    return new StepWorker(engine, spec, message, threads);
  }

  /** Gives a worker back, which is closed at once if the training has been closed meanwhile. */
  void give(StepWorker worker) {
    synchronized (this) {
      if (!closed) {
        free.push(worker);
        return;
      }
    }
    worker.close();
  }

  /** Closes the workers that are free; others when they are given back. */
  @Override
  public synchronized void close() {
    closed = true;
    free.forEach(StepWorker::close);
    free.clear();
  }
}
