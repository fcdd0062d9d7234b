package org.nin4j.engine.onednn;

import org.nin4j.error.ClosedException;

/**
 * How long memory is needed that several objects use: it is freed when its owner has closed it and
 * the last user has let go of it, so that no thread runs on memory that is gone.
 */
final class ReferenceCount {
  private final String whenClosed;
  private final Scope scope;
  private int users = 1;
  private boolean closed;

  /**
   * @param whenClosed what to tell somebody who comes too late
   * @param scope closed at the end
   */
  ReferenceCount(String whenClosed, Scope scope) {
    this.whenClosed = whenClosed;
    this.scope = scope;
  }

  /**
   * Keeps the memory until {@link #release}.
   *
   * @throws ClosedException when the owner has closed it
   */
  synchronized void retain() {
    if (closed) {
      throw new ClosedException(whenClosed);
    }
    users++;
  }

  synchronized void release() {
    users--;
    if (users == 0) {
      scope.close();
    }
  }

  /** For the owner; closing twice does nothing. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      release();
    }
  }
}
