package org.nin4j.server.protocol;

import java.util.List;
import java.util.stream.Collectors;
import org.nin4j.internal.LibraryVersion;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonException;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.http.Endpoint;
import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.Reply;
import org.nin4j.server.http.Router;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ServedModel;

/** What the server is, which models it has, and what they take. */
public final class MetadataEndpoints {
  /** Those of the protocol's extensions that the server has, by the names that Triton gave them. */
  private static final List<String> EXTENSIONS =
      List.of("binary_tensor_data", "classification", "parameters");

  /** Adds the routes. */
  public void addTo(Router router) {
    router.add("GET", "/v2", exchange -> exchange.send(Reply.json(server())));
    router.add("GET", "/v2/models", MetadataEndpoints::list);
    router.add(
        "POST",
        "/v2/repository/index",
        exchange -> exchange.readBody(body -> index(exchange, body)));
    addOf(router, "", MetadataEndpoints::model);
    addOf(router, "/ready", MetadataEndpoints::ready);
  }

  /** Adds a route of a model, with and without a version. */
  private static void addOf(Router router, String suffix, Endpoint endpoint) {
    router.add("GET", "/v2/models/*" + suffix, endpoint);
    router.add(
        "GET",
        "/v2/models/*/versions/*" + suffix,
        exchange -> {
          exchange.model();
          ModelVersion.require(exchange);
          endpoint.handle(exchange);
        });
  }

  private static String server() {
    return JsonWriter.line(
        json -> {
          json.text("name", "nin4j");
          json.text("version", LibraryVersion.of(MetadataEndpoints.class).orElse("unknown"));
          json.texts("extensions", EXTENSIONS);
        });
  }

  private static void model(Exchange exchange) throws HttpError {
    ServedModel served = exchange.model();
    LoadedModel model = exchange.acquire();
    exchange.send(Reply.json(ModelMetadata.of(served.name(), model)));
  }

  private static void ready(Exchange exchange) throws HttpError {
    exchange.model();
    exchange.context().admission().requireReady();
    exchange.send(Reply.of(Reply.JSON, new byte[0]));
  }

  private static void list(Exchange exchange) {
    exchange.send(
        Reply.json(
            JsonWriter.line(
                json ->
                    json.objects(
                        "models",
                        exchange.context().models().models(),
                        MetadataEndpoints::entry))));
  }

  /** As {@link #list}, the way that Triton's clients ask. */
  private static void index(Exchange exchange, byte[] body) throws HttpError {
    if (body.length > 0) {
      try {
        Json.request(
            body, body.length, "", "the request", "a request", json -> json.flag("ready", false));
      } catch (JsonException e) {
        throw HttpError.badRequest(e.getMessage());
      }
    }
    exchange.send(
        Reply.json(
            exchange.context().models().models().stream()
                .map(model -> JsonWriter.line(json -> entry(json, model)))
                .collect(Collectors.joining(",", "[", "]"))));
  }

  private static void entry(JsonWriter json, ServedModel model) {
    json.text("name", model.name());
    json.text("version", ServedModel.VERSION);
    json.text("state", "READY");
    json.text("reason", "");
  }
}
