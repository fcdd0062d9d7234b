package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.event.RequestOutcome;
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
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
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
      server.stop();
      models.close();
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

  private static RawClient client(ServerConnector connector) throws Exception {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
  }
}
