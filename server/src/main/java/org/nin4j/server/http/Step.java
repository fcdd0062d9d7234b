package org.nin4j.server.http;

/** A step on the way to an answer. */
public interface Step {
  /**
   * Does it; must not block.
   *
   * @throws HttpError when the request cannot be answered
   */
  void run() throws HttpError;
}
