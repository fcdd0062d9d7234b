package org.nin4j.engine;

/**
 * Thrown when an engine cannot do what it was asked for; the message says why and what to do
 * instead.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception without a cause.
   *
   * @param message one sentence: what is wrong and what to do
   */
  public EngineException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message one sentence: what is wrong and what to do
   * @param cause what the engine got from below
   */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
