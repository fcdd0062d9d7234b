package org.nin4j.nn;

/**
 * A network cannot run on the shape that it was given. The message names the layer and what it got.
 */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  ShapeException(String message) {
    super(message);
  }

  ShapeException(String message, ShapeException cause) {
    super(message, cause);
  }
}
