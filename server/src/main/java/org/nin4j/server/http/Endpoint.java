package org.nin4j.server.http;

/** Answers the requests for one route. */
public interface Endpoint {
  /**
   * Answers, or begins to: what waits for a body or for a model goes on later. Must not block, as
   * it may run on the thread that serves all connections.
   *
   * @throws HttpError when the request cannot be answered
   */
  void handle(Exchange exchange) throws HttpError;
}
