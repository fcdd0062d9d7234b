package org.nin4j.server.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nin4j.internal.LibraryVersion;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.http.Endpoint;
import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.Reply;
import org.nin4j.server.http.Router;
import org.nin4j.server.model.ServedModel;

/**
 * Describes all routes as OpenAPI 3.1 does. The document is a resource; the version and the models
 * of this server are filled in.
 */
public final class OpenApiEndpoint implements Endpoint {
  private static final String RESOURCE = "openapi.json";
  private static final String VERSION = "\"VERSION\"";
  private static final String MODELS = "[\"MODEL\"]";

  private final String document;

  /** Reads the document. */
  public OpenApiEndpoint() {
    try (InputStream in = OpenApiEndpoint.class.getResourceAsStream(RESOURCE)) {
      document =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace(
                  VERSION,
                  JsonWriter.quoted(LibraryVersion.of(OpenApiEndpoint.class).orElse("unknown")));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of the library itself: cannot happen
    }
  }

  /** Adds the route. */
  public void addTo(Router router) {
    router.add("GET", "/" + RESOURCE, this);
  }

  @Override
  public void handle(Exchange exchange) {
    List<String> models =
        exchange.context().models().models().stream().map(ServedModel::name).toList();
    exchange.send(Reply.json(document.replace(MODELS, JsonWriter.line(models))));
  }
}
