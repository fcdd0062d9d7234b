package org.nin4j.cli;

/** An option has an invalid value. The exit code is 2, as for an unknown option. */
final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
