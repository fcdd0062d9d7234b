package org.nin4j.server.protocol;

import java.util.concurrent.TimeUnit;
import org.nin4j.internal.json.JsonException;
import org.nin4j.io.Model;
import org.nin4j.server.http.Endpoint;
import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.Router;
import org.nin4j.server.model.ServedModel;

/** Inference on tensors, in JSON or binary. */
public final class InferEndpoint implements Endpoint {
  /** Longer JSON, in bytes, is read on another thread than the one that serves connections. */
  private static final int LONG_JSON = 1 << 16;

  /** Adds the routes. */
  public void addTo(Router router) {
    router.add("POST", "/v2/models/*/infer", this);
    router.add(
        "POST",
        "/v2/models/*/versions/*/infer",
        exchange -> {
          ModelVersion.require(exchange);
          handle(exchange);
        });
  }

  @Override
  public void handle(Exchange exchange) throws HttpError {
    ServedModel served = exchange.model();
    exchange.readBody(
        body -> {
          int jsonLength = BinaryExtension.jsonLength(exchange, body.length);
          if (jsonLength > LONG_JSON) {
            exchange.goOnElsewhere(() -> infer(exchange, served, body, jsonLength));
          } else {
            infer(exchange, served, body, jsonLength);
          }
        });
  }

  private static void infer(Exchange exchange, ServedModel served, byte[] body, int jsonLength)
      throws HttpError {
    Model model = exchange.acquire().source().model();
    long maxPixels = exchange.context().limits().maxPixels();
    InferRequest request;
    try {
      request = new InferRequestReader(body, jsonLength, model.network().input(), maxPixels).read();
    } catch (JsonException e) {
      throw HttpError.badRequest(e.getMessage());
    }
    exchange.enqueue(
        TimeUnit.MICROSECONDS.toNanos(request.timeoutMicros()),
        request.input().count(),
        new Inference(served, request));
  }
}
