package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.model.ModelRepository;

class NinServerTest {
  @Test
  void aServerWithAModelIsReady() throws IOException, InterruptedException {
    ModelRepository models = new ModelRepository(2, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    try (NinServer server = NinServer.builder(models).port(0).build()) {
      server.start();
      assertEquals(200, get(server, "/v2/health/ready").statusCode());
      assertEquals("ok\n", get(server, "/readyz").body());
      assertEquals(404, get(server, "/nothing").statusCode());
    }
  }

  private static HttpResponse<String> get(NinServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
