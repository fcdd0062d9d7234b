package org.nin4j.server.protocol;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.Reply;
import org.nin4j.server.http.Router;

/** Whether the server lives, and whether it takes requests. */
public final class HealthEndpoints {
  private final BooleanSupplier ready;

  /**
   * @param ready whether the server takes requests; false when it is about to stop
   */
  public HealthEndpoints(BooleanSupplier ready) {
    this.ready = ready;
  }

  /** Adds the routes of the protocol, and those that Kubernetes' users expect. */
  public void addTo(Router router) {
    router.addOpen("GET", "/v2/health/live", exchange -> exchange.send(empty()));
    router.addOpen("GET", "/livez", exchange -> exchange.send(Reply.text("ok\n")));
    router.addOpen("GET", "/v2/health/ready", exchange -> exchange.send(whenReady(empty())));
    router.addOpen("GET", "/readyz", exchange -> exchange.send(whenReady(Reply.text("ok\n"))));
  }

  private static Reply empty() {
    return new Reply(200, Reply.JSON, Map.of(), new byte[0]);
  }

  private Reply whenReady(Reply reply) throws HttpError {
    if (!ready.getAsBoolean()) {
      throw HttpError.unavailable("the server takes no more requests; ask another one");
    }
    return reply;
  }
}
