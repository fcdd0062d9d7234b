package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;

/** The description of the routes. */
class OpenApiTest {
  private static Set<String> routes;
  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException, InterruptedException {
    ModelRepository models = new ModelRepository(1, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    models.add("block-8", SourceModel.of(BlockModel.quantized()));
    routes = new TreeSet<>(new InferenceHandler(models, ServerLimits.defaults()).routes());
    try (NinServer server = NinServer.builder(models).port(0).build()) {
      server.start();
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/openapi.json");
      document =
          new ObjectMapper()
              .readTree(
                  HttpClient.newHttpClient()
                      .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
                      .body());
    }
  }

  @AfterAll
  static void forget() {
    document = null;
  }

  @Test
  void everyRouteIsDescribedAndNoOther() {
    Set<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      String pattern = path.getKey().replaceAll("\\{[a-z]+\\}", "*");
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + pattern);
      }
    }
    assertEquals(routes, described);
  }

  @Test
  void theModelsOfTheServerAreNamed() {
    assertEquals(
        "[\"block\",\"block-8\"]",
        document.at("/components/parameters/model/schema/enum").toString());
    assertFalse(document.at("/info/version").asText().isEmpty());
    assertFalse(document.toString().contains("\"VERSION\""));
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
    Set<String> used = new HashSet<>();
    document.findValuesAsText("$ref").forEach(used::add);
    for (String reference : used) {
      assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
    }
    for (String kind : new String[] {"schemas", "responses", "parameters"}) {
      for (Map.Entry<String, JsonNode> each : document.at("/components/" + kind).properties()) {
        assertTrue(used.contains("#/components/" + kind + "/" + each.getKey()), each.getKey());
      }
    }
  }
}
