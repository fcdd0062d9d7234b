package org.nin4j.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over sockets, with the JDK's own server. */
class LoadRunTest {
  private static final int DELAY_MILLIS = 40;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    answer("/good", 200, 0, "of no interest, then 42");
    answer("/other", 200, 0, "43");
    answer("/busy", 503, 0, "");
    answer("/slow", 200, DELAY_MILLIS, "42");
    server.start();
  }

  private void answer(String path, int status, int delay, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Thread.sleep(delay);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private LoadResult run(LoadOrder order, String... paths)
      throws IOException, InterruptedException {
    for (int i = 0; i < paths.length; i++) {
      String request = "POST " + paths[i] + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n";
      PreparedRequest.write(
          folder,
          i,
          (request + "\r\nhi").getBytes(StandardCharsets.US_ASCII),
          "42".getBytes(StandardCharsets.US_ASCII));
    }
    return new LoadRun(server.getAddress().getPort(), PreparedRequest.read(folder), order).run();
  }

  @Test
  void answersAreCountedByStatusAndComparedWithTheExpectedEnd()
      throws IOException, InterruptedException {
    LoadOrder order = LoadOrder.closed(1, 0.3);
    LoadResult result = run(order, "/good", "/other", "/busy");
    assertEquals(Set.of(200, 503), result.byStatus().keySet());
    assertTrue(Math.abs(result.good().count() - 2 * result.wrong()) <= 1, result.toString());
    assertEquals(0, result.broken());
    assertTrue(result.status(503).count() >= 1);
  }

  /** Were it counted from the sending, each latency would be one delay. */
  @Test
  void latencyCountsFromTheTimeAtWhichARequestWasDue() throws IOException, InterruptedException {
    double perSecond = 2000.0 / DELAY_MILLIS; // twice as many as one connection can ask
    LoadResult result = run(new LoadOrder(LoadOrder.Shape.EVEN, perSecond, 0.6, 1), "/slow");
    assertTrue(result.good().most() > 200_000, result.toString());
    assertTrue(result.unsent() > 0, result.toString());
  }
}
