package org.nin4j.train;

/**
 * A training has failed because of what it computed: after a dead start, or when a loss, a gradient
 * or a weight is no longer a finite number. The message says where and what to try instead.
 */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message one sentence: what has happened, where, and what to try
   */
  public TrainingException(String message) {
    super(message);
  }
}
