package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.event.RequestOutcome.Failure;

class ClientGoneTest {
  private LoadedServer loaded;

  @BeforeEach
  void start() throws IOException {
    loaded = new LoadedServer(options -> {});
  }

  @AfterEach
  void close() {
    loaded.close();
  }

  private RequestOutcome outcome() throws InterruptedException {
    return loaded.outcomes.poll(20, TimeUnit.SECONDS);
  }

  private void assertCanceled() throws InterruptedException {
    RequestOutcome outcome = outcome();
    assertEquals(499, outcome.status());
    assertEquals(Optional.of(Failure.CANCELED), outcome.failure());
    assertEquals(0, outcome.images());
    assertEquals(0, loaded.model().waiting());
  }

  /** Makes sure that the connection is watched: bytes are read only by those who watch. */
  private static void waitUntilWatched() throws InterruptedException {
    Thread.sleep(150);
  }

  @Test
  void aClientThatClosesFreesItsPlace() throws Exception {
    loaded.occupy();
    try (RawClient client = new RawClient(loaded.server)) {
      client.send(LoadedServer.request());
      loaded.awaitWaiting(1);
    }
    assertCanceled();
  }

  @Test
  void aClientThatResetsItsConnectionFreesItsPlace() throws Exception {
    loaded.occupy();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), loaded.server.port());
    try (RawClient client = new RawClient(socket)) {
      client.send(LoadedServer.request());
      loaded.awaitWaiting(1);
      socket.setSoLinger(true, 0);
    }
    assertCanceled();
  }

  /** Whoever shuts down its output cannot be told from one that has closed its socket. */
  @Test
  void aClientThatShutsDownItsOutputWhileItWaitsCountsAsGone() throws Exception {
    loaded.occupy();
    try (RawClient client = new RawClient(loaded.server)) {
      client.send(LoadedServer.request());
      loaded.awaitWaiting(1);
      client.endOutput();
      assertCanceled();
      assertEquals(499, client.read().status());
      assertNull(client.read());
    }
  }

  @Test
  void aConnectionThatWasWatchedGoesOn() throws Exception {
    try (RawClient client = new RawClient(loaded.server)) {
      for (int i = 0; i < 3; i++) {
        CountDownLatch release = loaded.occupy();
        client.send(LoadedServer.request());
        loaded.awaitWaiting(1);
        waitUntilWatched();
        release.countDown();
        assertEquals(200, client.read().status());
        assertEquals(200, client.send(LoadedServer.request()).read().status());
      }
    }
  }

  @Test
  void requestsThatAreSentAheadWhileOneWaitsAreAnsweredInTheirOrder() throws Exception {
    byte[] second = LoadedServer.request("nothing", LoadedServer.image(1));
    byte[] third = LoadedServer.request();
    for (int cut : new int[] {second.length, 100, 20}) {
      CountDownLatch release = loaded.occupy();
      try (RawClient client = new RawClient(loaded.server)) {
        client.send(LoadedServer.request());
        loaded.awaitWaiting(1);
        waitUntilWatched();
        client.send(Arrays.copyOf(second, cut));
        waitUntilWatched();
        release.countDown();
        client.send(Arrays.copyOfRange(second, cut, second.length));
        client.send(third);
        assertEquals(200, client.read().status());
        assertEquals(404, client.read().status());
        assertEquals(200, client.read().status());
        assertEquals(200, client.send(third).read().status());
      }
    }
  }

  @Test
  void aClientThatGoesAfterItHasSentAheadFreesItsPlace() throws Exception {
    loaded.occupy();
    try (RawClient client = new RawClient(loaded.server)) {
      client.send(LoadedServer.request());
      loaded.awaitWaiting(1);
      waitUntilWatched();
      client.send("GET /livez HTTP/1.1\r\n");
      waitUntilWatched();
    }
    assertCanceled();
  }

  @Test
  void aClientThatSendsMoreAheadThanIsKeptLosesNothing() throws Exception {
    CountDownLatch release = loaded.occupy();
    try (RawClient client = new RawClient(loaded.server)) {
      client.send(LoadedServer.request());
      loaded.awaitWaiting(1);
      for (int i = 0; i < 15; i++) {
        client.send(LoadedServer.request());
      }
      waitUntilWatched();
      release.countDown();
      for (int i = 0; i < 16; i++) {
        assertEquals(200, client.read().status());
      }
    }
  }

  /** Clients come, are watched and go at random moments, while others get their answers. */
  @Test
  void whoStaysIsAnswered() throws Exception {
    try (RawClient staying = new RawClient(loaded.server)) {
      for (int i = 0; i < 8; i++) {
        CountDownLatch release = loaded.occupy();
        staying.send(LoadedServer.request());
        try (RawClient leaving = new RawClient(loaded.server)) {
          leaving.send(LoadedServer.request());
          loaded.awaitWaiting(2);
          Thread.sleep(15L * i);
        }
        loaded.awaitWaiting(1);
        release.countDown();
        assertEquals(200, staying.read().status());
        // in any order: a place is free before its request has ended
        int one = outcome().status();
        int other = outcome().status();
        assertEquals(Set.of(200, 499), Set.of(one, other));
      }
    }
  }
}
