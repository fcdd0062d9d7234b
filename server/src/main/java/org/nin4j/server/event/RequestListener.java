package org.nin4j.server.event;

/** Receives the outcome of every request: metrics, the access log, or a program's own records. */
@FunctionalInterface
public interface RequestListener {
  /**
   * Receives the outcome of a request that has ended, on the thread that wrote the response. It
   * must be quick, as other connections wait for that thread, and must not throw.
   *
   * @param outcome what became of the request
   */
  void ended(RequestOutcome outcome);
}
