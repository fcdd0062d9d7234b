package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.CatalogueEntry.CatalogueFile;

class DatasetFetcherTest {
  private static final FetchListener QUIET = (file, bytes, total, done) -> {};

  @TempDir Path folder;
  private final Map<String, byte[]> served = new TreeMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;
  private Path cache;
  private String address;

  @BeforeEach
  void serve() throws IOException {
    cache = folder.resolve("cache");
    served.put(IdxFolder.TRAIN_IMAGES, IdxBytes.gzip(IdxBytes.images(20, 4, 3)));
    served.put(IdxFolder.TRAIN_LABELS, IdxBytes.gzip(IdxBytes.labels(20)));
    served.put(IdxFolder.TEST_IMAGES, IdxBytes.gzip(IdxBytes.images(10, 4, 3)));
    served.put(IdxFolder.TEST_LABELS, IdxBytes.gzip(IdxBytes.labels(10)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    address = "http://127.0.0.1:" + server.getAddress().getPort() + "/few";
    server.createContext("/few/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
  }

  @Test
  void aDatasetIsFetchedFromTheWebWhole() throws IOException {
    List<String> reports = new ArrayList<>();
    Path fetched =
        new DatasetFetcher(
                cache,
                (file, bytes, total, done) -> {
                  if (done) {
                    reports.add(file + " " + bytes + " of " + total);
                  }
                })
            .fetch(few(), address, true);
    assertEquals(cache.resolve("few"), fetched);
    assertEquals(20, IdxFolder.open(fetched).train().size());
    assertEquals(List.of("few"), names(cache));
    int bytes = served.get(IdxFolder.TRAIN_IMAGES).length;
    assertEquals("train-images-idx3-ubyte.gz " + bytes + " of " + bytes, reports.get(0));
    assertEquals(4, reports.size());
  }

  @Test
  void aDatasetIsFetchedFromAFolderPlainOrCompressed() throws IOException {
    Path source = IdxBytes.folder(folder.resolve("source"));
    Files.delete(source.resolve(IdxFolder.TEST_LABELS + ".gz"));
    Files.write(source.resolve(IdxFolder.TEST_LABELS), IdxBytes.labels(10));
    Path fetched = new DatasetFetcher(cache, QUIET).fetch(few(), source.toString(), true);
    assertEquals(10, IdxFolder.open(fetched).testOrValidation().size());
  }

  @Test
  void aLaterFetchReplacesAnEarlierOne() throws IOException {
    Path older = IdxBytes.folder(cache.resolve("few"));
    Files.createFile(older.resolve("left over"));
    new DatasetFetcher(cache, QUIET).fetch(few(), address, true);
    assertEquals(4, names(older).size());
    assertEquals(List.of("few"), names(cache));
  }

  @Test
  void aFileThatTheServerLacksEndsTheFetch() throws IOException {
    served.remove(IdxFolder.TEST_IMAGES);
    assertEquals(
        address
            + "/t10k-images-idx3-ubyte.gz: cannot be fetched: the server answered 404 Not Found;"
            + " --from names another address or a folder",
        complaint(address, true));
    assertNothingIsLeft();
  }

  @Test
  void aTruncatedFileEndsTheFetch() throws IOException {
    byte[] whole = served.get(IdxFolder.TEST_IMAGES);
    served.put(IdxFolder.TEST_IMAGES, Arrays.copyOf(whole, whole.length / 2));
    String complaint = complaint(address, false);
    String expected =
        address + "/t10k-images-idx3-ubyte.gz: the gzip data is damaged or truncated after ";
    assertEquals(expected, complaint.substring(0, expected.length()));
    assertNothingIsLeft();
  }

  @Test
  void aConnectionThatBreaksEndsTheFetch() throws IOException {
    served.put(IdxFolder.TEST_LABELS, "break".getBytes(StandardCharsets.US_ASCII));
    String complaint = complaint(address, true);
    assertTrue(
        complaint.startsWith(address + "/t10k-labels-idx1-ubyte.gz: cannot be fetched: "),
        complaint);
    assertNothingIsLeft();
  }

  @Test
  void aServerThatFallsSilentIsNotWaitedForForEver() throws IOException {
    served.put(IdxFolder.TRAIN_IMAGES, "stall".getBytes(StandardCharsets.US_ASCII));
    FileSource source = FileSource.of(address, Duration.ofMillis(200));
    Files.createDirectories(cache);
    String complaint =
        assertThrows(IOException.class, () -> source.fetch(IdxFolder.TRAIN_IMAGES, cache, QUIET))
            .getMessage();
    assertEquals(
        address
            + "/train-images-idx3-ubyte.gz: cannot be fetched: no answer within 0.2 s; --from names"
            + " another address or a folder",
        complaint);
  }

  @Test
  void aWebPageInPlaceOfTheFileIsRefused() throws IOException {
    served.put(IdxFolder.TRAIN_LABELS, "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        address
            + "/train-labels-idx1-ubyte.gz: is not an IDX file: it begins with the bytes 3c 68, not"
            + " 00 00",
        complaint(address, false));
    assertNothingIsLeft();
  }

  @Test
  void aFileWithAnotherDigestIsRefusedUnlessAskedFor() throws IOException {
    served.put(IdxFolder.TEST_IMAGES, IdxBytes.gzip(IdxBytes.images(10, 3, 4)));
    served.put(IdxFolder.TRAIN_IMAGES, IdxBytes.gzip(IdxBytes.images(20, 3, 4)));
    assertEquals(
        address
            + "/train-images-idx3-ubyte.gz: is not the published file: the MD5 of its decompressed"
            + " content is 49fcae4abebc29be0359874dccaf56b6, not 22456b8111adc90854913b26ef696372;"
            + " --no-verify takes it nevertheless",
        complaint(address, true));
    assertNothingIsLeft();
    new DatasetFetcher(cache, QUIET).fetch(few(), address, false);
    assertEquals(3, IdxFolder.open(cache.resolve("few")).testOrValidation().image(0).height());
  }

  @Test
  void aFailedFetchLeavesTheEarlierOneAsItWas() throws IOException {
    IdxBytes.folder(cache.resolve("few"));
    served.remove(IdxFolder.TEST_LABELS);
    complaint(address, true);
    assertEquals(20, IdxFolder.open(cache.resolve("few")).train().size());
    assertEquals(List.of("few"), names(cache));
  }

  @Test
  void aSourceThatIsNeitherIsRefusedBeforeAnythingIsMade() {
    assertEquals("'nowhere' is neither a web address nor a folder", complaint("nowhere", true));
    assertFalse(Files.exists(cache));
  }

  @Test
  void aCacheThatCannotBeMadeIsNamed() throws IOException {
    Files.createFile(cache);
    assertTrue(
        complaint(address, true).startsWith(cache + ": cannot be written ("),
        complaint(address, true));
  }

  private String complaint(String from, boolean verify) {
    return assertThrows(
            IOException.class, () -> new DatasetFetcher(cache, QUIET).fetch(few(), from, verify))
        .getMessage();
  }

  private void assertNothingIsLeft() throws IOException {
    assertEquals(List.of(), names(cache));
    assertFalse(Files.exists(cache.resolve("few")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = served.get(path.replace("/few/", "").replace(".gz", ""));
    if (body == null) {
      exchange.sendResponseHeaders(404, -1);
    } else if (body.length == 5) {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
      if (new String(body, StandardCharsets.US_ASCII).equals("stall")) {
        awaitRelease();
      }
    } else {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CatalogueEntry few() {
    return new CatalogueEntry(
        "few",
        "20 + 10 images",
        "none",
        URI.create("http://127.0.0.1/"),
        URI.create("http://127.0.0.1/"),
        List.of(
            new CatalogueFile(IdxFolder.TRAIN_IMAGES, "22456b8111adc90854913b26ef696372"),
            new CatalogueFile(IdxFolder.TRAIN_LABELS, "ca11a3ad58fc630275250e2d1e14f534"),
            new CatalogueFile(IdxFolder.TEST_IMAGES, "f6531bde233e97363d506895d0539e14"),
            new CatalogueFile(IdxFolder.TEST_LABELS, "2c5d54b4811f1452d5ec37d13392efdc")),
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  }
}
