package org.nin4j.server.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that Jetty refuses before a route sees them, in the form of all other errors: a
 * status, and one sentence as JSON. Nothing of the program's inside is shown.
 */
public final class JsonErrorHandler implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String reason = null;
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException refused) {
      status = refused.getCode();
      reason = refused.getReason();
    }
    Reply.error(status, Map.of(), message(status, reason)).write(response, callback);
    return true;
  }

  private static String message(int status, String reason) {
    return switch (status) {
      case 404 -> "there is nothing at this path";
      case 408 -> "the request did not come in time";
      case 413 -> "the request is too long";
      case 414 -> "the path of the request is too long";
      case 417 -> "the server meets no expectation but 100-continue";
      case 426, 505 -> "the server speaks HTTP/1.1";
      case 431 -> "the headers of the request are too long";
      case 503 -> reason == null ? "the server is stopping; ask another one" : reason;
      default ->
          status < 500
              ? "the request is not well formed" + (reason == null ? "" : ": " + reason)
              : "the server failed; its log says why";
    };
  }
}
