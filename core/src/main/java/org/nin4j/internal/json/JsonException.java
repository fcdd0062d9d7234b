package org.nin4j.internal.json;

/**
 * A text that is not the JSON that was asked for. The message is one sentence that starts with the
 * source and names the line and column, or the path of the field.
 */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  JsonException(String message, Exception cause) {
    super(message, cause);
  }
}
