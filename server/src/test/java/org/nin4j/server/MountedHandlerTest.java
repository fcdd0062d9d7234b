package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.event.RequestOutcome.Failure;
import org.nin4j.server.http.RequestCheck;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.QueuedTask;

/** The handler in another program's server, whose connections cannot be watched. */
class MountedHandlerTest {
  @Test
  void requestsAreAnsweredAndTheHostToldThoughNobodyNoticesClientsThatGo() throws Exception {
    ModelRepository models = new ModelRepository(1, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    BlockingQueue<RequestOutcome> outcomes = new LinkedBlockingQueue<>();
    InferenceHandler handler =
        new InferenceHandler(models, ServerLimits.defaults(), List.of(outcomes::add));
    ServerConnector connector = mount(handler);
    try {
      for (int i = 0; i < 3; i++) {
        try (RawClient staying = client(connector)) {
          models.find("block").orElseThrow().submit(new Pause());
          try (RawClient leaving = client(connector)) {
            leaving.send(LoadedServer.request());
          }
          assertEquals(200, staying.send(LoadedServer.request()).read().status());
        }
      }
      handler.drain();
      assertTrue(handler.awaitDrained(Duration.ofSeconds(20)));
      assertTrue(outcomes.stream().filter(outcome -> outcome.status() == 200).count() >= 3);
    } finally {
      connector.getServer().stop();
      models.close();
    }
  }

  @Test
  void aRequestThatFindsNoMemoryIsAskedToComeAgain() throws Exception {
    AtomicBoolean memory = new AtomicBoolean();
    RequestCheck failing =
        (request, response, open) -> {
          if (!memory.get()) {
            throw new OutOfMemoryError("a test's");
          }
        };
    ModelRepository models = new ModelRepository(1, 10);
    BlockingQueue<RequestOutcome> outcomes = new LinkedBlockingQueue<>();
    ServerConnector connector =
        mount(
            new InferenceHandler(models, ServerLimits.defaults(), failing, List.of(outcomes::add)));
    try (RawClient client = client(connector)) {
      RawClient.Answer answer = client.send("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
      assertEquals(503, answer.status());
      assertEquals("1", answer.headers().get("retry-after"));
      assertEquals(Optional.of(Failure.REJECTED), outcomes.poll(20, TimeUnit.SECONDS).failure());
      memory.set(true);
      answer = client.send("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
      assertEquals(200, answer.status());
    } finally {
      connector.getServer().stop();
      models.close();
    }
  }

  @Test
  void modelsThatWereClosedTooEarlyAreNotAvailable() throws Exception {
    ModelRepository models = new ModelRepository(1, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    ServerConnector connector = mount(new InferenceHandler(models, ServerLimits.defaults()));
    models.close();
    try (RawClient client = client(connector)) {
      assertEquals(503, client.send(LoadedServer.request()).read().status());
      String metadata = "GET /v2/models/block HTTP/1.1\r\nHost: localhost\r\n\r\n";
      assertEquals(503, client.send(metadata).read().status());
    } finally {
      connector.getServer().stop();
    }
  }

  /** Keeps the only thread busy for so long that the server asks for the client. */
  private static final class Pause extends QueuedTask {
    Pause() {
      super(0);
    }

    @Override
    protected void run() {
      LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
    }

    @Override
    protected void expire() {}

    @Override
    protected void abandon() {}
  }

  private static ServerConnector mount(InferenceHandler handler) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    return connector;
  }

  private static RawClient client(ServerConnector connector) throws Exception {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
  }
}
