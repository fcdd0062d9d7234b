package org.nin4j.engine.onednn;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Owns native objects and frees them in the reverse order of their making; for any number of
 * threads.
 */
final class Scope implements AutoCloseable {
  private final Deque<Runnable> closers = new ArrayDeque<>();

  synchronized void onClose(Runnable closer) {
    closers.push(closer);
  }

  @Override
  public synchronized void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }
}
