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

  /** Returns the same complaint with the name of the option that it is about, such as --net. */
  UsageException about(String option) {
    return new UsageException(option + ": " + getMessage(), this);
  }
}
