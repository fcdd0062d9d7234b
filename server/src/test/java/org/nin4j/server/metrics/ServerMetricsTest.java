package org.nin4j.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.BlockModel;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Models;
import org.nin4j.io.SourceModel;
import org.nin4j.server.NinServer;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.QueuedTask;
import org.nin4j.server.model.ServedModel;

class ServerMetricsTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final ModelRepository models = new ModelRepository(1, 1);
  private final SourceModel source = SourceModel.of(BlockModel.plain());
  private final CountDownLatch blocked = new CountDownLatch(1);

  @TempDir Path folder;

  private NinServer server;

  private void start(ServerLimits limits) throws IOException {
    models.add("block", source);
    server = NinServer.builder(models).limits(limits).port(0).build();
    server.start();
  }

  @AfterEach
  void stop() {
    blocked.countDown();
    if (server != null) {
      server.close();
    }
  }

  /** Occupies the only thread, or the only place in the line, until {@link #blocked} is open. */
  private final class Blocker extends QueuedTask {
    Blocker() {
      super(0);
    }

    @Override
    protected void run() {
      try {
        blocked.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    protected void expire() {}

    @Override
    protected void abandon() {}
  }

  private static String images(int count) {
    return "{\"inputs\": [{\"name\": \"images\", \"shape\": ["
        + count
        + ", 1, 8, 8], \"datatype\": \"FP32\", \"data\": "
        + Arrays.toString(new float[64 * count])
        + "}]}";
  }

  private HttpRequest infer(String model, String body) {
    return HttpRequest.newBuilder(server.address().resolve("/v2/models/" + model + "/infer"))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private int status(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** A client may have its response a moment before the request is counted. */
  private Exposition readUntil(Predicate<Exposition> there)
      throws IOException, InterruptedException {
    Exposition now = Exposition.read(server.address());
    for (int i = 0; i < 1500 && !there.test(now); i++) {
      Thread.sleep(10);
      now = Exposition.read(server.address());
    }
    return now;
  }

  private static void await(BooleanSupplier there) throws InterruptedException {
    for (int i = 0; i < 3000 && !there.getAsBoolean(); i++) {
      Thread.sleep(5);
    }
    assertTrue(there.getAsBoolean());
  }

  @Test
  void aModelThatNobodyAskedIsThereWithZeros() throws IOException, InterruptedException {
    start(ServerLimits.defaults());
    Exposition metrics = Exposition.read(server.address());
    assertEquals(0, metrics.ofBlock("nin4j_inference_request_success_total"));
    assertEquals(0, metrics.ofBlock("nin4j_inference_count_total"));
    assertEquals(0, metrics.ofBlock("nin4j_inference_exec_count_total"));
    assertEquals(0, metrics.ofBlock("nin4j_inference_request_duration_us_total"));
    assertEquals(0, metrics.ofBlock("nin4j_inference_queue_duration_us_total"));
    assertEquals(0, metrics.ofBlock("nin4j_inference_compute_infer_duration_us_total"));
    assertEquals(0, metrics.ofBlock("nin4j_inference_pending_request_count"));
    assertEquals(1, metrics.ofBlock("nin4j_inference_queue_capacity"));
    assertEquals(0, metrics.ofBlock("nin4j_model_reload_failure_total"));
    assertEquals(0, metrics.failures("REJECTED"));
    assertEquals(1, metrics.value("nin4j_threads"));
    assertEquals(0, metrics.value("nin4j_threads_busy"));
    assertTrue(metrics.value("nin4j_http_connections") >= 1);
    assertEquals(
        1,
        metrics.value(
            "nin4j_model_info{classes=\"3\",model=\"block\",precision=\"fp32\",sha256=\""
                + source.sha256()
                + "\",version=\"1\"}"));
    assertTrue(metrics.value("process_start_time_seconds") > 1.7e9);
    assertTrue(metrics.value("process_cpu_seconds_total") > 0);
    assertTrue(metrics.value("jvm_heap_used_bytes") < metrics.value("jvm_heap_max_bytes"));
  }

  @Test
  void requestsImagesAndTimesAreThoseThatWereSent() throws IOException, InterruptedException {
    start(ServerLimits.defaults());
    assertEquals(200, status(infer("block", images(1))));
    assertEquals(200, status(infer("block", images(1))));
    assertEquals(200, status(infer("block", images(3))));
    Exposition metrics =
        readUntil(now -> now.ofBlock("nin4j_inference_request_success_total") == 3);
    assertEquals(3, metrics.ofBlock("nin4j_inference_request_success_total"));
    assertEquals(3, metrics.ofBlock("nin4j_inference_exec_count_total"));
    assertEquals(5, metrics.ofBlock("nin4j_inference_count_total"));
    assertTrue(metrics.value("nin4j_http_responses_total{status=\"200\"}") >= 3);
    for (String time : new String[] {"request", "queue", "compute"}) {
      String name = "nin4j_inference_" + time + "_seconds";
      assertEquals(3, metrics.ofBlock(name + "_count"));
      assertEquals(3, metrics.value(name + "_bucket{model=\"block\",version=\"1\",le=\"+Inf\"}"));
    }
    double all = metrics.ofBlock("nin4j_inference_request_duration_us_total");
    double queue = metrics.ofBlock("nin4j_inference_queue_duration_us_total");
    double compute = metrics.ofBlock("nin4j_inference_compute_infer_duration_us_total");
    assertTrue(queue > 0 && compute > 0 && all >= queue + compute, all + " " + queue);
    assertEquals(all / 1e6, metrics.ofBlock("nin4j_inference_request_seconds_sum"), 1e-9);
  }

  @Test
  void everyReasonOfAFailureIsCountedAlone() throws IOException, InterruptedException {
    start(ServerLimits.builder().queueTimeout(Duration.ofMillis(50)).build());
    assertEquals(400, status(infer("block", "{}")));
    readUntil(now -> now.failures("BAD_REQUEST") == 1);

    ServedModel block = models.find("block").orElseThrow();
    block.submit(new Blocker());
    await(() -> models.busyThreads() == 1);
    Blocker next = new Blocker();
    block.submit(next);
    assertEquals(503, status(infer("block", images(1))));
    Exposition full = readUntil(now -> now.failures("REJECTED") == 1);
    assertEquals(1, full.ofBlock("nin4j_inference_pending_request_count"));
    assertEquals(1, full.value("nin4j_threads_busy"));
    block.cancel(next);

    CompletableFuture<HttpResponse<Void>> late =
        client.sendAsync(infer("block", images(1)), HttpResponse.BodyHandlers.discarding());
    await(() -> block.waiting() == 1 || late.isDone());
    Thread.sleep(60);
    blocked.countDown();
    assertEquals(504, late.join().statusCode());

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /v2/models/block/infer HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Thread.sleep(50);
    }
    Exposition metrics = readUntil(now -> now.failures("CANCELED") == 1);
    assertEquals(1, metrics.failures("BAD_REQUEST"));
    assertEquals(1, metrics.failures("REJECTED"));
    assertEquals(1, metrics.failures("EXPIRED"));
    assertEquals(1, metrics.failures("CANCELED"));
    assertEquals(0, metrics.failures("INTERNAL"));
    assertEquals(0, metrics.ofBlock("nin4j_inference_request_success_total"));
    assertEquals(0, metrics.ofBlock("nin4j_inference_exec_count_total"));
    assertEquals(1, metrics.value("nin4j_http_responses_total{status=\"499\"}"));
    assertEquals(1, metrics.value("nin4j_http_responses_total{status=\"503\"}"));
  }

  @Test
  void aModelThatComputesNoNumbersIsAnInternalFailure() throws IOException, InterruptedException {
    source.model().weights().values("0.3.bias")[0] = Float.NaN;
    start(ServerLimits.defaults());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", png);
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/classify/block"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(png.toByteArray()))
            .build();
    assertEquals(500, status(request));
    assertEquals(1, readUntil(now -> now.failures("INTERNAL") == 1).failures("INTERNAL"));
  }

  @Test
  void noWordOfAClientsBecomesALabel() throws IOException, InterruptedException {
    start(ServerLimits.defaults());
    assertEquals(404, status(infer("unheard-of", images(1))));
    assertEquals(
        404, status(HttpRequest.newBuilder(server.address().resolve("/unheard-of")).build()));
    HttpRequest odd =
        HttpRequest.newBuilder(server.address().resolve("/v2/models/block/infer"))
            .method("UNHEARD", HttpRequest.BodyPublishers.noBody())
            .build();
    assertEquals(405, status(odd));
    Exposition metrics =
        readUntil(now -> now.value("nin4j_http_responses_total{status=\"405\"}") == 1);
    assertEquals(2, metrics.value("nin4j_http_responses_total{status=\"404\"}"));
    assertFalse(metrics.text().toLowerCase(Locale.ROOT).contains("unheard"));
  }

  @Test
  void openMetricsIsForThoseWhoAcceptIt() throws IOException, InterruptedException {
    start(ServerLimits.defaults());
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/metrics"))
            .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
        response.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(response.body().endsWith("# EOF\n"));
    HttpRequest plain = HttpRequest.newBuilder(server.address().resolve("/metrics")).build();
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        client
            .send(plain, HttpResponse.BodyHandlers.discarding())
            .headers()
            .firstValue("Content-Type")
            .orElseThrow());
  }

  @Test
  void reloadsAreCountedByTheirSuccess() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Models.write(file, BlockModel.plain());
    models.add("block", file, ImportOptions.none());
    models.reload("block");
    Files.writeString(file, "garbage");
    assertThrows(IOException.class, () -> models.reload("block"));
    assertThrows(IOException.class, () -> models.reload("block"));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, new ServerMetrics(models).scrape());
    models.close();
    Exposition read = Exposition.parse(text.toString(StandardCharsets.UTF_8));
    assertEquals(1, read.ofBlock("nin4j_model_reload_success_total"));
    assertEquals(2, read.ofBlock("nin4j_model_reload_failure_total"));
  }
}
