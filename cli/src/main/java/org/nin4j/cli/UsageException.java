package org.nin4j.cli;

/** An option has a value that cannot be meant: exit code 2, like a misspelt option. */
final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
