package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.server.RawClient.Answer;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.limits.ServerLimitsBuilder;

/**
 * Clients that take their time, and take none from others. The tests mostly wait, so that they do
 * it at the same time.
 */
@Execution(ExecutionMode.CONCURRENT)
class SlowClientsTest {
  /**
   * Much more than the server needs to notice, which looks at its connections four times a second,
   * and less than all limits that are not set here.
   */
  private static final long SLACK_MILLIS = 10_000;

  private static ServerLimitsBuilder quick() {
    return ServerLimits.builder()
        .headerTimeout(Duration.ofMillis(300))
        .requestTimeout(Duration.ofSeconds(1))
        .idleTimeout(Duration.ofSeconds(60));
  }

  /** Sends bytes one by one until an answer comes, and returns after how many milliseconds. */
  private static long drip(RawClient client, String bytes, int status) throws Exception {
    long begun = System.nanoTime();
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < bytes.length(); i++) {
                  client.send(bytes.substring(i, i + 1));
                  Thread.sleep(50);
                }
              } catch (IOException | InterruptedException e) {
                return; // the server has had enough
              }
            });
    writer.start();
    Answer answer = client.read();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    assertEquals(status, answer.status());
    assertTrue(answer.closes());
    assertTrue(answer.body().startsWith("{\"error\":"), answer.body());
    assertTrue(client.isEnded());
    writer.interrupt();
    writer.join();
    return millis;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"})
  void aHeadThatComesByteByByteIsRefused(String before) throws Exception {
    try (NinServer server = BlockServer.start(quick());
        RawClient client = new RawClient(server)) {
      if (!before.isEmpty()) {
        assertEquals(200, client.send(before).read().status());
        Thread.sleep(600); // a connection without a request may stay for longer than a head
      }
      long millis = drip(client, "GET /livez HTTP/1.1\r\nX: " + "x".repeat(10_000), 408);
      assertTrue(millis > 200 && millis < 300 + SLACK_MILLIS, millis + " ms");
      BlockServer.await("the connection is gone", () -> server.connections() == 0);
    }
  }

  @Test
  void aBodyThatComesTooSlowlyIsRefused() throws Exception {
    ServerLimitsBuilder limits = quick().requestTimeout(Duration.ofSeconds(10));
    try (NinServer server = BlockServer.start(limits);
        RawClient client = new RawClient(server)) {
      client.send(BlockServer.head("Content-Length: 100000") + "\r\n");
      long millis = drip(client, "x".repeat(10_000), 408);
      assertTrue(millis > 2000 && millis < 9000, millis + " ms"); // before the time is over
      BlockServer.await("nothing is left", () -> server.bodyMemory() == 0);
    }
  }

  @Test
  void aBodyThatTakesTooLongIsRefusedHoweverEvenlyItComes() throws Exception {
    try (NinServer server = BlockServer.start(quick().minDataRate(0));
        RawClient client = new RawClient(server)) {
      client.send(BlockServer.head("Transfer-Encoding: chunked") + "\r\n");
      long millis = drip(client, "1\r\nx\r\n".repeat(10_000), 408);
      assertTrue(millis > 900 && millis < 25_000, millis + " ms");
    }
  }

  @Test
  void aClientThatNeitherSendsTheRestNorLeavesLosesItsConnection() throws Exception {
    try (NinServer server = BlockServer.start(quick().requestTimeout(Duration.ofMillis(500)));
        RawClient client = new RawClient(server)) {
      client.send(BlockServer.head("Content-Length: 100000") + "\r\n");
      assertEquals(408, client.read().status());
      BlockServer.await("the connection is gone", () -> server.connections() == 0);
      assertEquals(0, server.bodyMemory());
    }
  }

  @Test
  void aConnectionThatAsksNothingIsClosedWithoutAWord() throws Exception {
    try (NinServer server = BlockServer.start(quick());
        RawClient client = new RawClient(server)) {
      assertNull(client.read());
      BlockServer.await("the connection is gone", () -> server.connections() == 0);
    }
  }

  @Test
  void aClientThatReadsNothingIsGivenUp() throws Exception {
    ServerLimitsBuilder limits = quick().idleTimeout(Duration.ofMillis(200));
    try (NinServer server = BlockServer.start(limits);
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096); // so that it is full after few responses
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      RawClient client = new RawClient(socket);
      String many = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1000);
      Thread writer =
          new Thread(
              () -> {
                try {
                  while (true) {
                    client.send(many);
                  }
                } catch (IOException e) {
                  return; // the server has had enough
                }
              });
      writer.start();
      writer.join(TimeUnit.SECONDS.toMillis(20));
      assertFalse(writer.isAlive(), "the client can still send");
      BlockServer.await("the connection is gone", () -> server.connections() == 0);
    }
  }

  /** Every second one stops in its head, the others in their body. */
  @Test
  void honestClientsAreAnsweredAmongManySlowOnes() throws Exception {
    int count = Integer.getInteger("nin4j.slowClients", 300);
    List<RawClient> slow = new ArrayList<>();
    // So long that even a machine with much else to do has answered the honest ones by then.
    ServerLimitsBuilder limits =
        quick().headerTimeout(Duration.ofSeconds(3)).requestTimeout(Duration.ofSeconds(12));
    try (NinServer server = BlockServer.start(limits.maxConnections(count + 10))) {
      for (int i = 0; i < count; i++) {
        RawClient client = new RawClient(server);
        slow.add(client);
        String body = BlockServer.head("Content-Length: 100000") + "\r\n[";
        client.send(i % 2 == 0 ? "GET /livez HTTP/1.1\r\nHo" : body);
        if (i % 10 == 0) {
          assertAnswered(server);
        }
      }
      for (RawClient client : slow) {
        client.send("x");
      }
      assertAnswered(server);
      for (RawClient client : slow) {
        assertEquals(408, client.read().status());
        assertTrue(client.isEnded());
        client.close();
      }
      BlockServer.await("all connections are gone", () -> server.connections() == 0);
      assertEquals(0, server.bodyMemory());
    }
  }

  private static void assertAnswered(NinServer server) throws IOException {
    long begun = System.nanoTime();
    try (RawClient client = new RawClient(server)) {
      assertEquals(200, client.send(BlockServer.request()).read().status());
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    assertTrue(millis < SLACK_MILLIS, "an honest client waited for " + millis + " ms");
  }

  @Test
  void aClientGetsInAsSoonAsQuietConnectionsHaveMadeRoom() throws Exception {
    ServerLimitsBuilder limits =
        quick()
            .headerTimeout(Duration.ofSeconds(30))
            .requestTimeout(Duration.ofSeconds(60))
            .maxConnections(5);
    List<RawClient> quiet = new ArrayList<>();
    try (NinServer server = BlockServer.start(limits)) {
      long begun = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        quiet.add(new RawClient(server));
        assertEquals(200, quiet.get(i).send(BlockServer.request()).read().status());
      }
      try (RawClient client = new RawClient(server)) {
        assertEquals(200, client.send(BlockServer.request()).read().status());
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      assertTrue(millis > 900 && millis < 25_000, millis + " ms");
      for (RawClient client : quiet) {
        client.close();
      }
    }
  }
}
