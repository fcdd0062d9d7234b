package org.nin4j.server.http;

/** Is told of every request when it has ended: metrics, the access log. */
public interface RequestListener {
  /** Called on the thread that has written the response; must be quick and must not throw. */
  void ended(RequestOutcome outcome);
}
