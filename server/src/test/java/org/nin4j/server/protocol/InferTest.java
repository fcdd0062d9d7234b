package org.nin4j.server.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nin4j.Classifier;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.NinServer;
import org.nin4j.server.model.ModelRepository;

class InferTest {
  @Test
  void logitsAreThoseOfAClassifier() throws IOException, InterruptedException {
    float[] images = new float[2 * 64];
    for (int i = 0; i < images.length; i++) {
      images[i] = i / 128f;
    }
    float[] logits = new float[6];
    try (Classifier classifier = Classifier.of(BlockModel.plain())) {
      classifier.logits(images, 0, logits, 0);
      classifier.logits(images, 64, logits, 3);
    }
    ModelRepository models = new ModelRepository(2, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    try (NinServer server = NinServer.builder(models).port(0).build()) {
      server.start();
      String json =
          "{\"inputs\": [{\"name\": \"images\", \"shape\": [2, 1, 8, 8], \"datatype\": \"FP32\", ";
      HttpResponse<byte[]> plain =
          post(server, json + "\"data\": " + Arrays.toString(images) + "}]}", new byte[0]);
      assertEquals(200, plain.statusCode());
      String expected = "\"data\":" + Arrays.toString(logits) + "}]}";
      String body = new String(plain.body(), StandardCharsets.UTF_8);
      assertEquals(expected, body.substring(body.length() - expected.length()));

      ByteBuffer binary = ByteBuffer.allocate(4 * images.length).order(ByteOrder.LITTLE_ENDIAN);
      binary.asFloatBuffer().put(images);
      HttpResponse<byte[]> answer =
          post(
              server,
              json
                  + "\"parameters\": {\"binary_data_size\": 512}}],"
                  + " \"parameters\": {\"binary_data_output\": true}}",
              binary.array());
      assertEquals(200, answer.statusCode());
      int head =
          (int) answer.headers().firstValueAsLong("Inference-Header-Content-Length").orElseThrow();
      float[] read = new float[6];
      ByteBuffer.wrap(answer.body(), head, 24)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(read);
      assertEquals(Arrays.toString(logits), Arrays.toString(read));
    }
  }

  private static HttpResponse<byte[]> post(NinServer server, String json, byte[] binary)
      throws IOException, InterruptedException {
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + binary.length);
    System.arraycopy(binary, 0, all, head.length, binary.length);
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/v2/models/block/infer");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(all));
    if (binary.length > 0) {
      request.header("Inference-Header-Content-Length", Integer.toString(head.length));
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
