package org.nin4j.server.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.Classifier;

/** Inference as the protocol describes it; what it computes is what a classifier computes. */
class InferTest {
  private static final int COUNT = 3;
  private static final int CLASSES = 3;
  private static final int PIXELS = 64;

  private static ProtocolServer server;

  /** (N, 1, 8, 8): also denormal and negative values, and minus zero. */
  private static float[] images;

  @BeforeAll
  static void start() throws IOException {
    server = new ProtocolServer();
    Random random = new Random(1);
    images = new float[COUNT * PIXELS];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    images[3] = -0f;
    images[4] = Float.MIN_VALUE;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Classifier classifier(String name) {
    // in int8 where the processor has instructions for it, and else in fp32
    return Classifier.of(name.equals("block") ? ProtocolServer.FP32 : ProtocolServer.INT8);
  }

  private static float[] logits(String name, int count) {
    float[] logits = new float[count * CLASSES];
    try (Classifier classifier = classifier(name)) {
      for (int i = 0; i < count; i++) {
        classifier.logits(images, i * PIXELS, logits, i * CLASSES);
      }
    }
    return logits;
  }

  private static String input(int count, String rest) {
    return """
        "inputs": [{"name": "images", "shape": [%d, 1, 8, 8], "datatype": "FP32", %s}]"""
        .formatted(count, rest);
  }

  private static String flat(int count) {
    return Arrays.toString(Arrays.copyOf(images, count * PIXELS));
  }

  private static String nested() {
    return IntStream.range(0, COUNT)
        .mapToObj(
            image ->
                IntStream.range(0, 8)
                    .map(row -> image * PIXELS + row * 8)
                    .mapToObj(from -> Arrays.toString(Arrays.copyOfRange(images, from, from + 8)))
                    .collect(Collectors.joining(",", "[[", "]]")))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static JsonNode read(HttpResponse<byte[]> response) throws IOException {
    assertEquals(200, response.statusCode(), () -> new String(response.body(), UTF_8));
    return new ObjectMapper().readTree(response.body());
  }

  private static float[] floats(JsonNode data) {
    float[] values = new float[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(data.get(i).asText());
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"block", "block8"})
  void logitsAreThoseOfAClassifierToTheLastBit(String name) throws Exception {
    String path = "/v2/models/" + name + "/infer";
    for (int count = 1; count <= COUNT; count++) {
      JsonNode json = read(server.post(path, "{" + input(count, "\"data\": " + flat(count)) + "}"));
      assertArrayEquals(logits(name, count), floats(json.at("/outputs/0/data")), 0);
      HttpResponse<byte[]> binary =
          server.post(
              path,
              "{"
                  + input(count, size(256 * count))
                  + ", \"parameters\": {\"binary_data_output\": true}}",
              bytes(Arrays.copyOf(images, count * PIXELS)));
      assertArrayEquals(bytes(logits(name, count)), behind(binary, 0, 12 * count));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"block", "block8"})
  void pixelsOfAnySizeArePreprocessedAsAClassifierDoes(String name) throws Exception {
    for (int[] size : new int[][] {{1, 8, 8}, {3, 8, 8}, {1, 1, 1}, {3, 5, 31}, {1, 100, 64}}) {
      byte[] pixels = new byte[2 * size[0] * size[1] * size[2]];
      new Random(2).nextBytes(pixels);
      float[] expected = new float[2 * CLASSES];
      try (Classifier classifier = classifier(name)) {
        for (int i = 0; i < 2; i++) {
          byte[] image =
              Arrays.copyOfRange(pixels, i * pixels.length / 2, (i + 1) * pixels.length / 2);
          float[] row = new float[CLASSES];
          classifier.classify(image, size[0], size[1], size[2], row);
          System.arraycopy(row, 0, expected, i * CLASSES, CLASSES);
        }
      }
      String head =
          """
          {"outputs": [{"name": "probabilities"}], "inputs": [{"name": "images",
          "datatype": "UINT8", "shape": [2, %d, %d, %d], %s}]}""";
      String path = "/v2/models/" + name + "/infer";
      String data =
          IntStream.range(0, pixels.length)
              .mapToObj(i -> Integer.toString(pixels[i] & 0xFF))
              .collect(Collectors.joining(",", "\"data\": [", "]"));
      JsonNode binary = read(server.post(path, form(head, size, size(pixels.length)), pixels));
      JsonNode json = read(server.post(path, form(head, size, data)));
      assertArrayEquals(expected, floats(binary.at("/outputs/0/data")), 0);
      assertEquals(binary, json);
    }
  }

  private static String form(String head, int[] size, String rest) {
    return head.formatted(size[0], size[1], size[2], rest);
  }

  @Test
  void everyFormOfTheSameImagesHasTheSameResponse() throws Exception {
    String path = "/v2/models/block/infer";
    JsonNode flat = read(server.post(path, "{" + input(COUNT, "\"data\": " + flat(COUNT)) + "}"));
    assertEquals(flat, read(server.post(path, "{" + input(COUNT, "\"data\": " + nested()) + "}")));
    assertEquals(
        flat,
        read(
            server.post(
                "/v2/models/block/versions/1/infer",
                "{\"outputs\": [], " + input(COUNT, size(768)) + "}",
                bytes(images))));
    assertEquals("[3,3]", flat.at("/outputs/0/shape").toString());
  }

  /** Long enough to be read on another thread. */
  @Test
  void longJsonIsRead() throws Exception {
    String body = "{" + " ".repeat(200_000) + input(COUNT, "\"data\": " + flat(COUNT)) + "}";
    assertArrayEquals(
        logits("block", COUNT),
        floats(read(server.post("/v2/models/block/infer", body)).at("/outputs/0/data")),
        0);
  }

  /** Written by hand after the text of the protocol and of its extension for binary tensors. */
  @Test
  void theResponseIsWhatTheProtocolSays() throws Exception {
    String body =
        """
        {"id": "4\\u00e92", "model_name": "block", "parameters": {"anything": [1, {}]},
        "inputs": [{"name": "images", "datatype": "FP32", "shape": [1, 1, 8, 8],
        "parameters": {"binary_data_size": 256, "content_type": "np"}}], "outputs": [
        {"name": "probabilities", "parameters": {"classification": 2}},
        {"name": "logits", "parameters": {"binary_data": true}}]}""";
    float[] zeros = new float[PIXELS];
    HttpResponse<byte[]> response = server.post("/v2/models/block/infer", body, bytes(zeros));
    assertEquals(200, response.statusCode(), () -> new String(response.body(), UTF_8));
    float[] logits = new float[CLASSES];
    float[] probabilities = new float[CLASSES];
    try (Classifier classifier = classifier("block")) {
      classifier.logits(zeros, 0, logits, 0);
      classifier.classify(new byte[PIXELS], 1, 8, 8, probabilities);
    }
    String json =
        "{\"model_name\":\"block\",\"model_version\":\"1\",\"id\":\"4é2\",\"outputs\":["
            + "{\"name\":\"probabilities\",\"datatype\":\"BYTES\",\"shape\":[1,2],\"data\":["
            + best(probabilities, 2)
            + "]},{\"name\":\"logits\",\"datatype\":\"FP32\",\"shape\":[1,3],"
            + "\"parameters\":{\"binary_data_size\":12}}]}";
    int length = json.getBytes(UTF_8).length;
    assertEquals(json, new String(response.body(), 0, length, UTF_8));
    assertEquals(
        Integer.toString(length),
        response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
    assertEquals(
        "application/octet-stream", response.headers().firstValue("Content-Type").orElseThrow());
    assertArrayEquals(bytes(logits), behind(response, 0, 12));
  }

  /** The classes of {@link ProtocolServer#FP32}, escaped. */
  private static String best(float[] values, int count) {
    String[] labels = {"a", "ü\\\"\\\\", "🐢"};
    return IntStream.range(0, CLASSES)
        .boxed()
        .sorted((a, b) -> Float.compare(values[b], values[a]))
        .limit(count)
        .map(c -> "\"" + values[c] + ":" + c + ":" + labels[c] + "\"")
        .collect(Collectors.joining(","));
  }

  @Test
  void classificationInBinaryIsTextBehindItsLength() throws Exception {
    HttpResponse<byte[]> response =
        server.post(
            "/v2/models/block/infer",
            "{"
                + input(1, size(256))
                + ", \"outputs\": [{\"name\": \"logits\", \"parameters\":"
                + " {\"classification\": 1000, \"binary_data\": true}}]}",
            bytes(Arrays.copyOf(images, PIXELS)));
    float[] logits = logits("block", 1);
    String[] labels = {"61", "c3bc225c", "f09f90a2"}; // UTF-8
    String expected =
        IntStream.range(0, CLASSES)
            .boxed()
            .sorted((a, b) -> Float.compare(logits[b], logits[a]))
            .map(
                c -> {
                  String text = hex((logits[c] + ":" + c + ":").getBytes(UTF_8)) + labels[c];
                  return "%02x000000".formatted(text.length() / 2) + text;
                })
            .collect(Collectors.joining());
    JsonNode output = new ObjectMapper().readTree(response.body()).at("/outputs/0");
    assertEquals("BYTES", output.at("/datatype").asText());
    assertEquals("[1,3]", output.at("/shape").toString());
    assertEquals(expected.length() / 2, output.at("/parameters/binary_data_size").asInt());
    assertEquals(expected, hex(behind(response, 0, expected.length() / 2)));
  }

  private static String size(int bytes) {
    return "\"parameters\": {\"binary_data_size\": " + bytes + "}";
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The bytes behind the JSON. */
  private static byte[] behind(HttpResponse<byte[]> response, int from, int length) {
    int json =
        (int) response.headers().firstValueAsLong("Inference-Header-Content-Length").orElseThrow();
    assertTrue(response.body().length >= json + from + length, () -> "a body of " + json);
    return Arrays.copyOfRange(response.body(), json + from, json + from + length);
  }
}
