package org.nin4j.server.protocol;

import java.util.Map;
import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.Reply;
import org.nin4j.server.http.Router;

/** Whether the server lives, and whether it takes requests. */
public final class HealthEndpoints {
  /** Adds the routes of the protocol, and those that Kubernetes' users expect. */
  public void addTo(Router router) {
    router.addOpen("GET", "/v2/health/live", exchange -> exchange.send(empty()));
    router.addOpen("GET", "/livez", exchange -> exchange.send(Reply.text("ok\n")));
    router.addOpen("GET", "/v2/health/ready", exchange -> sendIfReady(exchange, empty()));
    router.addOpen("GET", "/readyz", exchange -> sendIfReady(exchange, Reply.text("ok\n")));
  }

  private static Reply empty() {
    return new Reply(200, Reply.JSON, Map.of(), new byte[0]);
  }

  private static void sendIfReady(Exchange exchange, Reply reply) throws HttpError {
    exchange.context().admission().requireReady();
    exchange.send(reply);
  }
}
