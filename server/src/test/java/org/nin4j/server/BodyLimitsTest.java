package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.server.RawClient.Answer;
import org.nin4j.server.limits.ServerLimits;

/** Bodies that are too long, lie about their length, or expand. */
class BodyLimitsTest {
  private static final int MIB = 1 << 20;
  private static NinServer server;

  @BeforeAll
  static void start() throws IOException {
    server = BlockServer.start(ServerLimits.builder().maxBody(MIB).maxBodyMemory(3L * MIB));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void allMemoryIsGivenBack() throws InterruptedException {
    BlockServer.await("no memory is held", () -> server.bodyMemory() == 0);
  }

  private static Answer ask(byte[] bytes) throws IOException {
    try (RawClient client = new RawClient(server)) {
      return client.send(bytes).read();
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] request(byte[] body, String... headers) {
    String all = BlockServer.head(headers) + "Content-Length: " + body.length + "\r\n\r\n";
    return join(all.getBytes(StandardCharsets.US_ASCII), body);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static int gzipped(byte[] body) throws IOException {
    return ask(request(body, "Content-Encoding: gzip")).status();
  }

  @Test
  void aBodyWithinTheLimitsIsAnswered() throws IOException {
    assertEquals(200, ask(BlockServer.request().getBytes(StandardCharsets.US_ASCII)).status());
  }

  @Test
  void aBodyThatIsAnnouncedTooLongIsRefusedBeforeItComes() throws IOException {
    try (RawClient client = new RawClient(server)) {
      Answer answer = client.send(BlockServer.head("Content-Length: 99999999999") + "\r\n").read();
      assertEquals(413, answer.status());
      assertTrue(answer.closes());
      assertTrue(answer.body().startsWith("{\"error\":\"the body has more than 1048576 bytes"));
    }
  }

  /** Without reading on, the system would reset the connection and drop the answer. */
  @Test
  void aClientThatSendsAllTheSameReadsTheAnswer() throws IOException, InterruptedException {
    byte[] body = new byte[12 * MIB];
    assertEquals(413, ask(request(body)).status());
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + server.port() + "/v2/models/block/infer"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int i = 0; i < 2; i++) {
      assertEquals(413, client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    }
  }

  @Test
  void aClientThatAsksFirstNeedNotSendABodyThatIsTooLong() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(BlockServer.head("Expect: 100-continue", "Content-Length: 11000000") + "\r\n");
      Answer answer = client.read();
      assertEquals(413, answer.status());
      assertTrue(answer.closes());
      assertTrue(client.isEnded());
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws IOException {
    try (RawClient client = new RawClient(server)) {
      int length = BlockServer.IMAGE.length();
      client.send(BlockServer.head("Expect: 100-continue", "Content-Length: " + length) + "\r\n");
      assertEquals(100, client.read().status());
      assertEquals(200, client.send(BlockServer.IMAGE).read().status());
    }
  }

  @Test
  void curlReadsTheRefusalWithAndWithoutAskingFirst(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("body");
    Files.write(file, new byte[11 * MIB]);
    for (String expect : new String[] {"Expect: 100-continue", "Expect:"}) {
      Process curl =
          new ProcessBuilder(
                  "curl",
                  "-s",
                  "-H",
                  expect,
                  "--data-binary",
                  "@" + file,
                  "-w",
                  "%{http_code}",
                  "http://localhost:" + server.port() + "/v2/models/block/infer")
              .redirectErrorStream(true)
              .start();
      String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(curl.waitFor(10, TimeUnit.SECONDS));
      assertTrue(output.endsWith("413"), output);
      assertEquals(0, curl.exitValue(), output);
    }
  }

  @Test
  void chunksAreCountedAndAFloodOfThemIsRefused() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(BlockServer.head("Transfer-Encoding: chunked") + "\r\n");
      byte[] chunk =
          join(
              "10000\r\n".getBytes(StandardCharsets.US_ASCII),
              new byte[65536],
              "\r\n".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 40; i++) {
        client.send(chunk);
      }
      Answer answer = client.read();
      assertEquals(413, answer.status());
      assertTrue(answer.closes());
    }
  }

  @Test
  void aFloodOfChunksOfOneByteWithExtensionsIsABodyLikeAnyOther() throws IOException {
    StringBuilder chunks = new StringBuilder();
    BlockServer.IMAGE
        .chars()
        .forEach(c -> chunks.append("1;x=y\r\n").append((char) c).append("\r\n"));
    String request = BlockServer.head("Transfer-Encoding: chunked") + "\r\n" + chunks + "0\r\n\r\n";
    assertEquals(200, ask(request.getBytes(StandardCharsets.US_ASCII)).status());
  }

  @Test
  void aBrokenChunkIsABadRequest() throws IOException {
    String request = BlockServer.head("Transfer-Encoding: chunked") + "\r\nzz\r\nabc\r\n0\r\n\r\n";
    Answer answer = ask(request.getBytes(StandardCharsets.US_ASCII));
    assertEquals(400, answer.status());
    assertTrue(answer.closes());
  }

  @Test
  void compressedBodiesAreTheSameAsOthers() throws IOException {
    byte[] half = gzip(BlockServer.IMAGE.substring(0, 100));
    byte[] rest = gzip(BlockServer.IMAGE.substring(100));
    assertEquals(200, gzipped(gzip(BlockServer.IMAGE)));
    assertEquals(200, gzipped(join(half, rest)), "several members");
  }

  @Test
  void aBombStopsAtTheLimit() throws IOException {
    assertEquals(413, gzipped(gzip("0".repeat(20 * MIB))));
    assertEquals(413, gzipped(gzip("0".repeat(MIB + 1))));
    assertEquals(400, gzipped(gzip("0".repeat(MIB))), "it fits, but is no request");
    assertEquals(400, gzipped(BlockServer.IMAGE.getBytes(StandardCharsets.UTF_8)), "not gzip");
  }

  @Test
  void otherEncodingsAreRefusedWithWhatIsUnderstood() throws IOException {
    for (String coding : new String[] {"br", "gzip, gzip", "gzip\r\nContent-Encoding: gzip"}) {
      Answer answer = ask(request(new byte[10], "Content-Encoding: " + coding));
      assertEquals(415, answer.status());
      assertEquals("gzip", answer.headers().get("accept-encoding"));
    }
  }

  /** What follows is the next request, which makes no sense. */
  @Test
  void aLengthThatIsTooShortEndsTheConnectionAfterTheAnswer() throws IOException {
    try (RawClient client = new RawClient(server)) {
      int length = BlockServer.IMAGE.length() - 10;
      client.send(BlockServer.head("Content-Length: " + length) + "\r\n" + BlockServer.IMAGE);
      assertEquals(400, client.read().status());
      assertEquals(400, client.read().status());
      assertTrue(client.isEnded());
    }
  }

  @Test
  void twoLengthsOrALengthWithChunksAreRefused() throws IOException {
    for (String second :
        new String[] {
          "Content-Length: 5",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: xchunked",
          "Transfer-Encoding : chunked",
          "Content-Length: -1",
          "Content-Length: +10"
        }) {
      try (RawClient client = new RawClient(server)) {
        client.send(
            BlockServer.head("Content-Length: 10", second)
                + "\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Answer answer = client.read();
        assertEquals(400, answer.status(), second);
        assertNull(client.read(), "a second request was found in the body after " + second);
      }
    }
  }

  @Test
  void aBodyThatNobodyReadsDoesNotBecomeARequest() throws IOException {
    String smuggled = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (RawClient client = new RawClient(server)) {
      client.send(
          "GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + smuggled.length()
              + "\r\n\r\n"
              + smuggled);
      Answer first = client.read();
      assertEquals(200, first.status());
      assertFalse(first.closes());
      client.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertEquals("ok\n", client.read().body());
    }
  }

  @Test
  void requestsOnOneConnectionAreAnsweredInTheirOrder() throws IOException {
    try (RawClient client = new RawClient(server)) {
      client.send(
          BlockServer.request()
              + "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
              + BlockServer.request());
      assertEquals(200, client.read().status());
      assertEquals("ok\n", client.read().body());
      assertEquals(200, client.read().status());
    }
  }

  /** Three clients fill the memory; the fourth gets in when one has gone. */
  @Test
  void bodiesThatTakeAllMemoryLeaveOthersUnavailableUntilOneHasGone()
      throws IOException, InterruptedException {
    byte[] most = request(new byte[MIB]);
    RawClient[] clients = new RawClient[3];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = new RawClient(server).send(Arrays.copyOf(most, most.length - 1));
    }
    BlockServer.await("the memory is taken", () -> server.bodyMemory() == 3 * MIB);
    Answer answer = ask(BlockServer.request().getBytes(StandardCharsets.US_ASCII));
    assertEquals(503, answer.status());
    assertEquals("1", answer.headers().get("retry-after"));
    clients[0].close();
    BlockServer.await("a part is given back", () -> server.bodyMemory() == 2 * MIB);
    assertEquals(200, ask(BlockServer.request().getBytes(StandardCharsets.US_ASCII)).status());
    clients[1].close();
    clients[2].close();
  }
}
