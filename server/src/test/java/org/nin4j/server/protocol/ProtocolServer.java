package org.nin4j.server.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.io.BlockModel;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;
import org.nin4j.server.NinServer;
import org.nin4j.server.model.ModelRepository;

/** A server with a model of 1x8x8 and three classes, in fp32 and in int8, and its client. */
final class ProtocolServer implements AutoCloseable {
  static final Model FP32 = BlockModel.plain();
  static final Model INT8 = BlockModel.quantized();

  private final HttpClient client = HttpClient.newHttpClient();
  private final NinServer server;

  ProtocolServer() throws IOException {
    this(FP32, Engines.best());
  }

  /** A server whose model in fp32 is another one. */
  ProtocolServer(Model model, Engine engine) throws IOException {
    ModelRepository models = new ModelRepository(engine, 2, 10);
    models.add("block", SourceModel.of(model));
    models.add("block8", SourceModel.of(INT8));
    server = NinServer.builder(models).port(0).build();
    server.start();
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<byte[]> post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path)).POST(body(body.getBytes(StandardCharsets.UTF_8))));
  }

  /** Posts JSON with bytes behind it. */
  HttpResponse<byte[]> post(String path, String json, byte[] binary)
      throws IOException, InterruptedException {
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(binary);
    return postRaw(path, Integer.toString(head.length), all.toByteArray());
  }

  /** Posts any bytes with any length of the JSON in them. */
  HttpResponse<byte[]> postRaw(String path, String jsonLength, byte[] all)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Inference-Header-Content-Length", jsonLength)
            .POST(body(all)));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HttpRequest.BodyPublisher body(byte[] bytes) {
    return HttpRequest.BodyPublishers.ofByteArray(bytes);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    server.close();
  }
}
