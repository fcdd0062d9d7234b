package org.nin4j.engine.onednn;

import org.nin4j.error.ClosedException;

/**
 * Counts the users of memory that several objects share: the memory is freed when its owner has
 * closed it and the last user has released it, so that no thread runs on freed memory.
 */
final class ReferenceCount {
  private final String whenClosed;
  private final Scope scope;
  private int users = 1;
  private boolean closed;

  /**
   * @param whenClosed the message for a user that comes after the owner has closed it
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
