package org.nin4j.engine;

/** An engine cannot do what it was asked for; the message says why and what to do instead. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
