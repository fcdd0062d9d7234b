package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.ClosedException;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.model.ModelRepository;

class NinServerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void aServerWithAModelIsReady() throws IOException, InterruptedException {
    try (NinServer server = NinServer.builder(models()).port(0).build()) {
      server.start();
      assertEquals(200, get(server, "/v2/health/ready").statusCode());
      assertEquals("ok\n", get(server, "/readyz").body());
      assertEquals(404, get(server, "/nothing").statusCode());
    }
  }

  @Test
  void modelsMayComeWhileItRuns() throws IOException, InterruptedException {
    ModelRepository models = new ModelRepository(1, 10);
    try (NinServer server = NinServer.builder(models).port(0).build()) {
      server.start();
      assertEquals(200, get(server, "/readyz").statusCode());
      assertEquals("{\"models\":[]}", get(server, "/v2/models").body());
      assertEquals(404, get(server, "/v2/models/block").statusCode());
      models.add("block", SourceModel.of(BlockModel.plain()));
      assertEquals(200, get(server, "/v2/models/block").statusCode());
      assertTrue(get(server, "/metrics").body().contains("model=\"block\""));
    }
  }

  @Test
  void aServerIsStartedOnce() throws IOException {
    NinServer server = NinServer.builder(models()).port(0).build();
    assertThrows(IllegalStateException.class, server::port);
    assertThrows(IllegalStateException.class, server::address);
    try (server) {
      server.start();
      assertThrows(IllegalStateException.class, server::start);
    }
    server.close();
    server.stop();
    assertThrows(IllegalStateException.class, server::start);
    NinServer neverStarted = NinServer.builder(models()).port(0).build();
    neverStarted.close();
    assertThrows(IllegalStateException.class, neverStarted::start);
  }

  @Test
  void anotherServerMayTakeTheModelsOfOneThatCannotListen(@TempDir Path folder) throws Exception {
    ModelRepository models = models();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NinServer first =
          NinServer.builder(models)
              .port(taken.getLocalPort())
              .accessLog(folder.resolve("access.log"))
              .build();
      IOException failure = assertThrows(IOException.class, first::start);
      assertTrue(failure.getMessage().contains("the port is in use"), failure.getMessage());
      try (NinServer second = NinServer.builder(models).port(0).build()) {
        second.start();
        assertEquals(200, get(second, "/v2/models/block").statusCode());
      }
    }
  }

  @Test
  void noThreadIsLeft() throws Exception {
    Set<Thread> before = threads();
    ModelRepository models = models();
    NinServer first = NinServer.builder(models).port(0).watchModels(SECOND).build();
    NinServer second = NinServer.builder(models()).port(0).accessLog(System.out).build();
    try (first;
        second) {
      first.start();
      second.start();
      assertEquals(200, get(first, "/v2/models/block").statusCode());
      assertEquals(200, get(second, "/v2/models/block").statusCode());
    }
    BlockServer.await("all threads have ended", () -> before.containsAll(threads()));
    assertThrows(
        ClosedException.class, () -> models.add("late", SourceModel.of(BlockModel.plain())));
  }

  /** All threads but those of the JDK's client, and of tests that have ended. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(nin4j|qtp|Scheduler|Session).*"))
        .collect(Collectors.toSet());
  }

  private static ModelRepository models() {
    ModelRepository models = new ModelRepository(2, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    return models;
  }

  private static HttpResponse<String> get(NinServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
