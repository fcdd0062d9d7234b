package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nin4j.error.ClosedException;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.LoadedModel;

/**
 * Requests that end in any way release their model, their place and their count. How many there are
 * is the property {@code nin4j.randomEnds}.
 */
class RandomEndsTest {
  private static final int CLIENTS = 16;
  private static final int EACH = Integer.getInteger("nin4j.randomEnds", 512) / CLIENTS;

  @Test
  void afterManyRandomEndsNothingIsHeld() throws Exception {
    ServerLimits limits =
        ServerLimits.builder().queueTimeout(Duration.ofMillis(70)).maxRequests(14).build();
    try (LoadedServer loaded = new LoadedServer(options -> options.limits(limits))) {
      LoadedModel first = loaded.model().current();
      AtomicBoolean done = new AtomicBoolean();
      Thread jams = new Thread(() -> jam(loaded, done));
      jams.start();
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(i);
        all.add(
            clients.submit(
                () -> {
                  for (int j = 0; j < EACH; j++) {
                    ask(loaded.server, random);
                  }
                  return null;
                }));
      }
      awaitAll(all);
      clients.shutdown();
      done.set(true);
      jams.join();
      loaded.awaitRequests(0);
      loaded.awaitWaiting(0);
      Set<Integer> statuses =
          loaded.outcomes.stream().map(RequestOutcome::status).collect(Collectors.toSet());
      assertTrue(statuses.containsAll(Set.of(200, 400, 404, 499, 503, 504)), statuses::toString);
      assertFalse(statuses.contains(500));

      float[] logits = new float[3];
      first.classifier().logits(new float[64], 0, logits, 0); // one release too many closes it
      assertTrue(loaded.models.reload("block"));
      assertThrows( // one too few keeps it open
          ClosedException.class, () -> first.classifier().logits(new float[64], 0, logits, 0));
    }
  }

  private static void awaitAll(List<Future<?>> all)
      throws InterruptedException, ExecutionException {
    for (Future<?> each : all) {
      each.get();
    }
  }

  /** Keeps all threads busy now and then, so that requests wait and expire. */
  private static void jam(LoadedServer loaded, AtomicBoolean done) {
    try {
      Random random = new Random(CLIENTS);
      while (!done.get()) {
        CountDownLatch release = loaded.occupy();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(8) == 0 ? 90 : 20);
        release.countDown();
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a request that is right, wrong or broken off, and waits for its answer or does not. */
  private static void ask(NinServer server, Random random)
      throws IOException, InterruptedException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    try (RawClient client = new RawClient(socket)) {
      byte[] request =
          switch (random.nextInt(6)) {
            case 0 -> LoadedServer.request("nothing", LoadedServer.image(1));
            case 1 -> wrong();
            default -> LoadedServer.request();
          };
      boolean breaksOff = random.nextInt(4) == 0;
      client.send(breaksOff ? Arrays.copyOf(request, random.nextInt(request.length)) : request);
      if (!breaksOff && random.nextInt(2) == 0) {
        client.read();
      } else {
        TimeUnit.MICROSECONDS.sleep(random.nextInt(8_000));
        socket.setSoLinger(random.nextBoolean(), 0);
      }
    } catch (IOException e) {
      // the server was faster and has ended the connection
    }
  }

  /** A request whose image is one value too short. */
  private static byte[] wrong() {
    String body =
        "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,1,8,8],\"datatype\":\"FP32\",\"data\":[1]}]}";
    return ("POST /v2/models/block/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
