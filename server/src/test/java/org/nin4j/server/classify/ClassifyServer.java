package org.nin4j.server.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.nin4j.data.Preprocessing;
import org.nin4j.io.BlockModel;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.server.NinServer;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.train.Initializer;

/** A server of a model with class maps and one without, and a client that sends images. */
final class ClassifyServer implements AutoCloseable {
  static final int MAX_PIXELS = 1_000_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final NinServer server;

  ClassifyServer() throws IOException {
    ModelRepository models = new ModelRepository(2, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    models.add("line", SourceModel.of(withoutMaps()));
    ServerLimits limits = ServerLimits.builder().maxPixels(MAX_PIXELS).build();
    server = NinServer.builder(models).port(0).limits(limits).build();
    server.start();
  }

  private static Model withoutMaps() {
    Network network =
        new Network("line", Shape.of(1, 1, 8, 8), new Sequential(new Flatten(), new Linear(64, 2)));
    return new Model(
        network,
        Initializer.HE.initialize(network, 1),
        List.of("a", "b"),
        Preprocessing.unit(1, 8, 8),
        Map.of());
  }

  static byte[] image(int width, int height, String format) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(width);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      assertTrue(ImageIO.write(image, format, out), format);
    }
    return bytes.toByteArray();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  HttpResponse<byte[]> post(String path, String contentType, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address(path)));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    return client.send(
        request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Posts an image, and returns what is said of it. */
  JsonNode classify(String path, byte[] image) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = post(path, "image/png", image);
    JsonNode answer = new ObjectMapper().readTree(response.body());
    assertEquals(200, response.statusCode(), answer.toString());
    return answer.get("predictions").get(0);
  }

  /** Returns the status and the sentence of a request that is refused. */
  String refusal(String path, String contentType, byte[] body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = post(path, contentType, body);
    return response.statusCode()
        + " "
        + new ObjectMapper().readTree(response.body()).path("error").asText();
  }

  /** A form, a part for each pair of headers and content. */
  static byte[] form(Object... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i += 2) {
      String head = "--edge\r\nContent-Disposition: form-data; " + parts[i] + "\r\n\r\n";
      all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      all.writeBytes((byte[]) parts[i + 1]);
      all.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    all.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
    return all.toByteArray();
  }

  @Override
  public void close() {
    server.close();
  }
}
