package org.nin4j.server.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Decides who may ask, before a request goes to its endpoint. */
public interface RequestCheck {
  /** Lets everybody ask: the program that a handler is a part of decides. */
  RequestCheck NONE = (request, response, open) -> {};

  /**
   * Looks at the head of a request.
   *
   * @param response for headers, which are sent whatever the request comes to
   * @param open whether the route is for everybody who can reach the server, without a token
   * @throws HttpError when the client may not ask
   */
  void check(Request request, Response response, boolean open) throws HttpError;

  /** Returns a check that is passed when both are. */
  default RequestCheck and(RequestCheck next) {
    return (request, response, open) -> {
      check(request, response, open);
      next.check(request, response, open);
    };
  }
}
