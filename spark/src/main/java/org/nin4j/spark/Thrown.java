package org.nin4j.spark;

/** Throws Spark's checked exceptions, which Scala does not declare, where Java's may not. */
final class Thrown {
  private Thrown() {}

  /**
   * Throws an exception as it is.
   *
   * @return never; so that {@code throw} can be written before the call
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <E extends Exception> RuntimeException unchecked(Exception exception) throws E {
    throw (E) exception;
  }
}
