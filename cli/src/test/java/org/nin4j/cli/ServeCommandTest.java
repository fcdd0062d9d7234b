package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.train.Initializer;

class ServeCommandTest {
  /** An image of the tiny network: (1, 1, 8, 8). */
  private static final String TENSOR =
      "{\"inputs\": [{\"name\": \"images\", \"datatype\": \"FP32\", \"shape\": [1, 1, 8, 8], \"data\": ["
          + IntStream.range(0, 64).mapToObj(i -> "0." + i).collect(Collectors.joining(", "))
          + "]}]}";

  @TempDir Path folder;
  private ForeignModel files;

  @BeforeEach
  void makeModels() throws IOException {
    files = ForeignModel.in(folder);
  }

  @Test
  void aModelIsServedByTheNameOfItsFile() throws Exception {
    try (RunningServer server = RunningServer.of("--model", files.complete)) {
      assertEquals(200, server.get("/v2/health/ready").statusCode());
      assertEquals(200, server.post("/v2/models/complete/infer", TENSOR).statusCode());
      List<String> said = server.out.toString().lines().toList();
      assertTrue(
          said.get(0).startsWith("model    complete: 1x8x8 -> 2 classes (upper, "), said::toString);
      assertEquals(
          "try      curl -F image=@boot.png " + server.address() + "/classify/complete",
          said.get(2));
      assertEquals("", server.err.toString());
    }
  }

  @Test
  void whatIsNotHttpLeavesNothingOnTheScreen() throws Exception {
    try (RunningServer server = RunningServer.of("--model", files.complete)) {
      List<LogRecord> records = new CopyOnWriteArrayList<>();
      Handler handler = handler(records);
      Logger.getLogger("").addHandler(handler);
      try {
        for (String host : List.of("a b", "evil:99999", "[::1")) {
          assertTrue(server.raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").contains(" 400 "));
        }
      } finally {
        Logger.getLogger("").removeHandler(handler);
      }
      assertEquals(List.of(), records.stream().map(LogRecord::getMessage).toList());
    }
  }

  private static Handler handler(List<LogRecord> records) {
    return new Handler() {
      @Override
      public void publish(LogRecord each) {
        records.add(each);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void theOptionsForFilesOfOtherProgramsAreForThoseThatNeedThem() throws Exception {
    Object[] args = {
      "--model",
      "whole=" + files.complete,
      "--model",
      files.foreign,
      "--net",
      files.network,
      "--classes",
      files.classes,
      "--mean",
      "0.4",
      "--std",
      "0.2"
    };
    try (RunningServer server = RunningServer.of(args)) {
      String complete = server.post("/v2/models/whole/infer", TENSOR).body();
      assertTrue(complete.contains("logits"), complete);
      String foreign = server.post("/v2/models/foreign/infer", TENSOR).body();
      assertEquals(complete.replace("whole", "foreign"), foreign);
    }
  }

  @Test
  void ofOneModelTheOptionsMustBeOfUse() {
    Outcome.of("serve", "--model", files.foreign, "--net", files.network)
        .fails(2, "does not say its classes");
    Outcome.of(
            "serve",
            "--model",
            files.complete,
            "--model",
            "nin-small-cifar10",
            "--std=1",
            "--mean=0")
        .fails(2, "every model says all of itself");
  }

  @Test
  void theAccessLogIsAFileOfJsonLines() throws Exception {
    Path log = folder.resolve("access.log");
    try (RunningServer server = RunningServer.of("--model", files.complete, "--access-log", log)) {
      server.post("/v2/models/complete/infer", TENSOR);
    }
    List<String> lines = Files.readAllLines(log);
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("\"status\":200"), lines.toString());
  }

  @Test
  void aChangedFileIsLoadedAgain() throws Exception {
    Path file = Files.copy(files.complete, folder.resolve("live.safetensors"));
    try (RunningServer server = RunningServer.of("--model", file, "--watch", "20ms")) {
      String before = server.post("/v2/models/live/infer", TENSOR).body();
      Model old = Models.read(file);
      Path next = folder.resolve("next.safetensors");
      Weights other = Initializer.HE.initialize(old.network(), 2);
      Models.write(
          next, new Model(old.network(), other, old.classes(), old.preprocessing(), Map.of()));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      String after = before;
      for (int i = 0; i < 1000 && after.equals(before); i++) {
        Thread.sleep(10);
        after = server.post("/v2/models/live/infer", TENSOR).body();
      }
      assertNotEquals(before, after);
      assertTrue(after.contains("logits"), after);
    }
  }

  @Test
  void aTokenFromAFileIsAskedFor() throws Exception {
    Path token = Files.writeString(folder.resolve("token.txt"), "open-sesame\n");
    try (RunningServer server =
        RunningServer.of("--model", files.complete, "--token-file", token)) {
      assertEquals(401, server.get("/v2/models/complete").statusCode());
      HttpRequest request =
          HttpRequest.newBuilder(server.address().resolve("/v2/models/complete"))
              .header("Authorization", "Bearer open-sesame")
              .build();
      assertEquals(200, server.send(request).statusCode());
      String said = server.out.toString();
      assertTrue(said.contains("curl -H \"Authorization: Bearer $(cat " + token + ")\""), said);
      assertFalse(said.contains("open-sesame"), said);
    }
    Files.writeString(token, "\n");
    Outcome.of("serve", "--model", files.complete, "--token-file", token)
        .fails(2, "a token must be one or more visible ASCII characters");
    Outcome.of("serve", "--model", files.complete, "--token-file", folder.resolve("none"))
        .fails(1, "none: there is no such file");
  }

  @Test
  void aServerForEverybodyWarnsWithoutAToken() throws Exception {
    try (RunningServer server = RunningServer.of("--model", files.complete, "--host=0.0.0.0")) {
      assertEquals("localhost", server.address().getHost());
      assertEquals(
          "nin: warning: anybody who reaches 0.0.0.0 can use the models; ask for a token with"
              + " --token-file"
              + System.lineSeparator(),
          server.err.toString());
    }
  }

  @Test
  void aPortThatIsInUseIsExplained() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome.of("serve", "--model", files.complete, "--port", taken.getLocalPort())
          .fails(1, "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": the port is in use");
    }
  }

  @ParameterizedTest
  @CsvSource({"nowhere.invalid, there is no host of that name", "192.0.2.1, is not an address of"})
  void anAddressThatIsNotOursIsExplained(String host, String complaint) {
    Outcome.of("serve", "--model", files.complete, "--port=0", "--host", host).fails(1, complaint);
  }

  @Test
  void aDamagedOrMissingModelIsReportedBeforeAnythingListens() throws IOException {
    Files.writeString(folder.resolve("bad.onnx"), "no model");
    Outcome.of("serve", "--model", files.complete, "--model", folder.resolve("bad.onnx"))
        .fails(1, "bad.onnx");
    Outcome.of("serve", "--model", folder.resolve("none.pt")).fails(1, "there is no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--port=8080 | --model is missing; name a model file, a run folder, or a model that comes with",
        "--model=nin-small-cifar11 | did you mean 'nin-small-cifar10'?",
        "--model=a/x.pt --model=b/x.onnx | a/x.pt and b/x.onnx would both be named x; name one",
        "--model=b@d=x.pt | 'b@d' cannot be the name of a model",
        "--model=x.pt --port=70000 | --port must be from 0 to 65535, but is 70000",
        "--model=x.pt --max-body=2GiB | the longest body must be from 1 to 1073741824 bytes",
        "--model=x.pt --max-body=10Mb/s | '10Mb/s' is not a size; write it as 10MiB",
        "--model=x.pt --queue-timeout=5d | '5d' is not a time; write it as 30s",
        "--model=x.pt --drain-time=soon | 'soon' is not a time",
        "--model=x.pt --queue=0 | --queue must be at least 1, but is 0",
        "--model=x.pt --tls-password-file=p | --tls-password-file needs --tls-keystore",
        "--model=nin-small-cifar10 --allowed-host=http://x | such as models.example, but is 'http://x'",
        "--model=nin-small-cifar10 --allow-origin=shop | such as https://shop.example, but is 'shop'",
        "--model=x.pt --watch=0 | --watch must be at least 1ms",
        "--model=x.pt --threads=0 | --threads must be from 1"
      })
  void invalidUsageIsExplainedInOneSentence(String line, String complaint) {
    String[] words = ("serve " + line).split(" ", -1);
    Outcome.of((Object[]) words).fails(2, complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10MiB", "10M", "10mib", "10240k", "10485760", "10485760B", "0.01GiB"})
  void sizesCanBeWrittenInManyWays(String text) {
    assertEquals(10 << 20, new Quantity.Bytes().convert(text), 300_000);
  }

  @Test
  void timesAndNumbersHaveUnits() {
    assertEquals(1500, new Quantity.Time().convert("1.5s").toMillis());
    assertEquals(500, new Quantity.Time().convert("500ms").toMillis());
    assertEquals(120, new Quantity.Time().convert("2m").toSeconds());
    assertEquals(30, new Quantity.Time().convert("30").toSeconds());
    assertEquals(50_000_000, new Quantity.Count().convert("50M"));
  }

  @ParameterizedTest
  @CsvSource({
    "runs/model.safetensors, model",
    "über shoes.v2.onnx, ber-shoes.v2",
    "nin-small-cifar10, nin-small-cifar10",
    "..., model",
    "a=b=c.pt, a",
    "runs/lr=0.1/net.pt, net"
  })
  void aNameIsMadeOfTheFiles(String text, String name) {
    assertEquals(name, NamedModel.of(text).name());
  }
}
