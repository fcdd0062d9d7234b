package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.nin4j.server.RawClient.Answer;
import org.nin4j.server.limits.ServerLimits;

/** How requests end: each with one answer, also when the server stops or has too many. */
class DrainTest {
  private static void awaitNotReady(RawClient client) throws IOException {
    while (client.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").read().status() == 200) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @Test
  void aServerThatStopsAnswersWhatItHasAndRefusesTheRest() throws Exception {
    try (LoadedServer loaded = new LoadedServer(options -> {});
        RawClient waiting = new RawClient(loaded.server);
        RawClient sending = new RawClient(loaded.server);
        RawClient late = new RawClient(loaded.server);
        RawClient probe = new RawClient(loaded.server)) {
      CountDownLatch release = loaded.occupy();
      byte[] request = LoadedServer.request();
      waiting.send(request);
      sending.send(Arrays.copyOf(request, request.length - 10));
      loaded.awaitWaiting(1);
      loaded.awaitRequests(2);
      Thread stopping = new Thread(loaded.server::stop);
      stopping.start();
      awaitNotReady(probe);

      Answer refusal = late.send(request).read();
      assertEquals(503, refusal.status());
      assertTrue(refusal.closes());
      assertEquals("1", refusal.headers().get("retry-after"));
      assertNull(late.read());

      sending.send(Arrays.copyOfRange(request, request.length - 10, request.length));
      loaded.awaitWaiting(2);
      release.countDown();
      for (RawClient each : List.of(waiting, sending)) {
        Answer answer = each.read();
        assertEquals(200, answer.status());
        assertTrue(answer.closes());
      }
      stopping.join();
    }
  }

  @Test
  void aServerThatStopsWaitsNoLongerThanItMay() throws Exception {
    try (LoadedServer loaded =
            new LoadedServer(options -> options.drainTime(Duration.ofMillis(100)));
        RawClient waiting = new RawClient(loaded.server)) {
      CountDownLatch release = loaded.occupy();
      waiting.send(LoadedServer.request());
      loaded.awaitWaiting(1);
      Thread stopping = new Thread(loaded.server::stop);
      stopping.start();
      assertEquals(503, waiting.read().status());
      release.countDown();
      stopping.join();
    }
  }

  /** Clients ask without a pause until they are refused or cannot connect. */
  @Test
  void nothingThatWasAcceptedIsLost() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    List<Thread> clients = new ArrayList<>();
    try (LoadedServer loaded = new LoadedServer(options -> {})) {
      for (int i = 0; i < 8; i++) {
        Thread client = new Thread(() -> askUntilTheEnd(loaded, answered, wrong));
        clients.add(client);
        client.start();
      }
      BlockServer.await("200 requests were answered", () -> answered.get() >= 200);
      loaded.server.stop();
      long ok = loaded.outcomes.stream().filter(outcome -> outcome.status() == 200).count();
      for (Thread client : clients) {
        client.join();
      }
      assertEquals(ok, answered.get());
      assertEquals(0, wrong.get());
      assertEquals(
          List.of(),
          loaded.outcomes.stream()
              .filter(each -> each.status() != 200 && each.status() != 503)
              .toList());
    }
  }

  private static void askUntilTheEnd(
      LoadedServer loaded, AtomicInteger answered, AtomicInteger wrong) {
    byte[] request = LoadedServer.request();
    try (RawClient client = new RawClient(loaded.server)) {
      while (true) {
        Answer answer = client.send(request).read();
        if (answer == null) {
          return; // the server has closed a connection on which it had read no request
        }
        if (answer.status() == 200) {
          answered.incrementAndGet();
        } else if (answer.status() != 503 || !answer.closes()) {
          wrong.incrementAndGet();
        }
        if (answer.closes()) {
          return;
        }
      }
    } catch (IOException e) {
      // the same, noticed while writing
    }
  }

  @Test
  void oneRequestTooManyIsRefusedAtOnceButHealthIsNotCounted() throws Exception {
    ServerLimits limits = ServerLimits.builder().maxRequests(2).build();
    try (LoadedServer loaded = new LoadedServer(options -> options.limits(limits));
        RawClient first = new RawClient(loaded.server);
        RawClient second = new RawClient(loaded.server);
        RawClient third = new RawClient(loaded.server)) {
      CountDownLatch release = loaded.occupy();
      byte[] request = LoadedServer.request();
      first.send(request);
      second.send(request);
      loaded.awaitRequests(2);
      Answer answer = third.send(request).read();
      assertEquals(503, answer.status());
      assertEquals("1", answer.headers().get("retry-after"));
      assertFalse(answer.closes());
      String health = "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n";
      assertEquals(200, third.send(health).read().status());
      release.countDown();
      assertEquals(200, first.read().status());
      loaded.awaitRequests(0); // the response is here before the server knows that it was sent
      assertEquals(200, third.send(request).read().status());
      assertEquals(200, second.read().status());
    }
  }

  @Test
  void requestsWhoseBodiesHaveYetToComeTakeNoPlaceFromOthers() throws Exception {
    ServerLimits limits = ServerLimits.builder().maxRequests(1).build();
    try (LoadedServer loaded = new LoadedServer(options -> options.limits(limits));
        RawClient slow = new RawClient(loaded.server);
        RawClient quick = new RawClient(loaded.server)) {
      byte[] request = LoadedServer.request();
      slow.send(Arrays.copyOf(request, request.length - 1));
      loaded.awaitRequests(1);
      assertEquals(200, quick.send(request).read().status());
      loaded.awaitRequests(1); // the quick one has ended
      slow.send(Arrays.copyOfRange(request, request.length - 1, request.length));
      assertEquals(200, slow.read().status());
    }
  }

  @Test
  void aRequestThatMayNotWaitLongerIsAnsweredThoughNoThreadIsFree() throws Exception {
    ServerLimits limits = ServerLimits.builder().queueTimeout(Duration.ofMillis(50)).build();
    try (LoadedServer loaded = new LoadedServer(options -> options.limits(limits));
        RawClient client = new RawClient(loaded.server)) {
      loaded.occupy();
      assertEquals(504, client.send(LoadedServer.request()).read().status());
      assertEquals(0, loaded.model().waiting());
    }
  }

  /** Jetty would end a connection on which nothing moves. */
  @Test
  void aRequestMayWaitLongerThanAConnectionMayBeIdle() throws Exception {
    ServerLimits limits = ServerLimits.builder().idleTimeout(Duration.ofMillis(100)).build();
    try (LoadedServer loaded = new LoadedServer(options -> options.limits(limits));
        RawClient client = new RawClient(loaded.server)) {
      CountDownLatch release = loaded.occupy();
      client.send(LoadedServer.request());
      loaded.awaitWaiting(1);
      Thread.sleep(500);
      release.countDown();
      assertEquals(200, client.read().status());
    }
  }
}
