package org.nin4j.spark;

import org.apache.spark.SparkException;

/**
 * Ends a task because of what a user gave it. Spark repeats the message at the driver, with the
 * stack trace of the task if it has one; a sentence that says all is easier to find without.
 */
final class TaskFailure {
  private TaskFailure() {}

  /**
   * Throws a {@link SparkException}, which Spark's own interfaces do not declare.
   *
   * @param sentence what was wrong, where, and what to do
   * @return never; so that the call can be thrown
   */
  static RuntimeException of(String sentence) {
    SparkException failure = new SparkException(sentence);
    failure.setStackTrace(new StackTraceElement[0]);
    throw Thrown.unchecked(failure);
  }
}
