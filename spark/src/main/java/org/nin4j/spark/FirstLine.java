package org.nin4j.spark;

/** What an exception says, without the stack traces that Spark writes into its messages. */
final class FirstLine {
  private FirstLine() {}

  static String of(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("").strip();
  }
}
