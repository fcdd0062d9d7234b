package org.nin4j.spark;

/** A row without an image that can be used. The message is one sentence that names the row. */
final class InvalidImageException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidImageException(String message) {
    super(message);
  }
}
