package org.nin4j.server.http;

/** Goes on with the body of a request. */
public interface BodyConsumer {
  /**
   * Takes the body; must not block.
   *
   * @throws HttpError when the request cannot be answered
   */
  void accept(byte[] body) throws HttpError;
}
