package org.nin4j.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.NinServer;
import org.nin4j.server.model.ModelRepository;

class AccessLogTest {
  private final RecordingLog log = new RecordingLog();

  @TempDir Path folder;

  private static List<JsonNode> lines(String text) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private static String awaitText(Path file, int lines) throws IOException, InterruptedException {
    String text = "";
    for (int i = 0; i < 1500; i++) {
      text = Files.exists(file) ? Files.readString(file) : "";
      if (text.chars().filter(c -> c == '\n').count() >= lines) {
        return text;
      }
      Thread.sleep(10);
    }
    return text;
  }

  private void awaitMessages(int count) throws InterruptedException {
    for (int i = 0; i < 1500 && log.messages.size() < count; i++) {
      Thread.sleep(10);
    }
    assertEquals(count, log.messages.size(), log.messages.toString());
  }

  @Test
  void everyRequestIsALineOfJson() throws IOException, InterruptedException {
    Path file = folder.resolve("access.log");
    ModelRepository models = new ModelRepository(1, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    Instant before = Instant.now().minusMillis(1);
    try (NinServer server = NinServer.builder(models).port(0).accessLog(file).build()) {
      server.start();
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest request =
          HttpRequest.newBuilder(server.address().resolve("/v2/models/block/infer?secret=1"))
              .header("X-Request-Id", "shop-17")
              .POST(HttpRequest.BodyPublishers.ofString("{\"inputs\": 1}"))
              .build();
      assertEquals(400, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
      URI health = server.address().resolve("/livez");
      client.send(
          HttpRequest.newBuilder(health).header("X-Request-Id", "a b\"").build(),
          HttpResponse.BodyHandlers.discarding());
    }
    List<JsonNode> lines = lines(Files.readString(file));
    assertEquals(2, lines.size());
    JsonNode first = lines.get(0);
    Instant time = Instant.parse(first.get("time").textValue());
    assertTrue(time.isAfter(before.minusMillis(1)) && time.isBefore(before.plusSeconds(60)));
    assertEquals("127.0.0.1", first.get("client").textValue());
    assertEquals("POST", first.get("method").textValue());
    assertEquals("/v2/models/block/infer", first.get("path").textValue());
    assertEquals("block", first.get("model").textValue());
    assertEquals(400, first.get("status").intValue());
    assertEquals("BAD_REQUEST", first.get("failure").textValue());
    assertEquals(0, first.get("images").intValue());
    assertEquals(13, first.get("request_bytes").intValue());
    assertTrue(first.get("response_bytes").intValue() > 10);
    assertEquals(0, first.get("queue_us").intValue());
    assertEquals(0, first.get("compute_us").intValue());
    assertTrue(first.get("total_us").intValue() > 0);
    assertEquals("shop-17", first.get("request_id").textValue());
    JsonNode second = lines.get(1);
    assertEquals(200, second.get("status").intValue());
    assertTrue(second.get("model").isNull());
    assertTrue(second.get("failure").isNull());
    assertTrue(second.get("request_id").isNull(), "an id with a quotation mark");
  }

  @Test
  void aPathCannotForgeALine() throws IOException, InterruptedException {
    Path file = folder.resolve("access.log");
    try (NinServer server =
        NinServer.builder(new ModelRepository(1, 10)).port(0).accessLog(file).build()) {
      server.start();
      String forged = "/x%22%7d%7b%22status%22:200%7d%5b2J";
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        String head = "GET " + forged + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().readAllBytes();
      }
      List<JsonNode> lines = lines(awaitText(file, 1));
      assertEquals(1, lines.size());
      assertEquals(forged, lines.get(0).get("path").textValue());
    }
  }

  @Test
  void whatATerminalObeysIsEscaped() throws IOException {
    String path = "/\"}\n{\u001b[2J\u007f\u0085\u202e\u2028\\";
    String json = new AccessLogLine(0, Outcomes.wrong("GE\rT", path)).json();
    assertEquals(json.length() - 1, json.indexOf('\n'));
    assertTrue(json.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), json);
    JsonNode line = new ObjectMapper().readTree(json);
    assertEquals("1970-01-01T00:00:00.000Z", line.get("time").textValue());
    assertEquals(
        "/\"}\\u000a{\\u001b[2J\\u007f\\u0085\\u202e\\u2028\\", line.get("path").textValue());
    assertEquals("GE\\u000dT", line.get("method").textValue());
  }

  @Test
  void aLongPathIsCutBeforeItWaits() throws IOException {
    String path = "/" + "a".repeat(100_000);
    AccessLogLine line = new AccessLogLine(0, Outcomes.wrong("A".repeat(5000), path));
    assertEquals("/" + "a".repeat(499) + "...", line.outcome().path());
    assertEquals("A".repeat(50) + "...", line.outcome().method());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // where an open file cannot be moved
  void aFileThatWasMovedAwayIsMadeAnew() throws IOException, InterruptedException {
    Path file = folder.resolve("access.log");
    Path rotated = folder.resolve("access.log.1");
    try (AccessLog access = new AccessLog(LogTarget.file(file), log)) {
      access.start();
      access.ended(Outcomes.success("before"));
      awaitText(file, 1);
      Files.move(file, rotated);
      access.ended(Outcomes.success("after"));
      assertEquals("after", lines(awaitText(file, 1)).get(0).get("model").textValue());
    }
    assertEquals("before", lines(Files.readString(rotated)).get(0).get("model").textValue());
    assertEquals(List.of(), log.messages);
  }

  @Test
  void aLogGoesOnWhereAnEarlierOneEnded() throws IOException, InterruptedException {
    Path file = folder.resolve("access.log");
    for (String model : List.of("one", "two")) {
      try (AccessLog access = new AccessLog(LogTarget.file(file), log)) {
        access.start();
        access.ended(Outcomes.success(model));
      }
    }
    List<JsonNode> lines = lines(Files.readString(file));
    assertEquals("one", lines.get(0).get("model").textValue());
    assertEquals("two", lines.get(1).get("model").textValue());
  }

  @Test
  @EnabledOnOs(OS.LINUX) // which has a device that is always full
  void aFullDiskIsOneSentenceAndDelaysNoRequest() throws IOException, InterruptedException {
    Path file = folder.resolve("access.log");
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    try (AccessLog access = new AccessLog(LogTarget.file(file), log)) {
      access.start();
      access.ended(Outcomes.success("lost"));
      awaitMessages(1);
      access.ended(Outcomes.success("lost"));
      for (int i = 0; i < 1500 && access.dropped() < 2; i++) {
        Thread.sleep(10);
      }
      assertEquals(2, access.dropped());
      assertTrue(log.messages.get(0).contains("the disk of " + folder + " is full"));
      Files.delete(file);
      access.ended(Outcomes.success("kept"));
      awaitMessages(2);
      assertEquals(
          "the access log is written again; so far, it lacks 2 requests", log.messages.get(1));
      List<JsonNode> lines = lines(awaitText(file, 1));
      assertEquals(1, lines.size());
      assertEquals("kept", lines.get(0).get("model").textValue());
    }
  }

  @Test
  void aFullQueueDropsLinesAndSaysSoOnce() throws IOException, InterruptedException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (AccessLog access = new AccessLog(LogTarget.stream(written), log, 2)) {
      for (int i = 0; i < 5; i++) {
        access.ended(Outcomes.success("m" + i));
      }
      assertEquals(3, access.dropped());
      access.start();
      awaitMessages(1);
      access.ended(Outcomes.success("later"));
    }
    List<JsonNode> lines = lines(written.toString(StandardCharsets.UTF_8));
    assertEquals(3, lines.size());
    assertEquals("m0", lines.get(0).get("model").textValue());
    assertEquals("m1", lines.get(1).get("model").textValue());
    assertEquals("later", lines.get(2).get("model").textValue());
    assertEquals(1, log.messages.size());
  }

  @Test
  void aLineIsThereWithinASecond() throws IOException, InterruptedException {
    Path file = folder.resolve("access.log");
    try (AccessLog access = new AccessLog(LogTarget.file(file), log)) {
      access.start();
      long begin = System.nanoTime();
      access.ended(Outcomes.success("block"));
      assertFalse(awaitText(file, 1).isEmpty());
      assertTrue(System.nanoTime() - begin < Duration.ofSeconds(1).toNanos());
    }
  }

  @Test
  void aLogThatCannotBeMadeIsRefusedAtTheStart() {
    Path file = folder.resolve("missing").resolve("access.log");
    try (NinServer server =
        NinServer.builder(new ModelRepository(1, 10)).port(0).accessLog(file).build()) {
      IOException e = assertThrows(IOException.class, server::start);
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    }
  }
}
