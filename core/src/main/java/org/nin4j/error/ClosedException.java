package org.nin4j.error;

/** Something was used after it had been closed, or was closed while a thread waited for it. */
public class ClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message one sentence: what has been closed
   */
  public ClosedException(String message) {
    super(message);
  }
}
