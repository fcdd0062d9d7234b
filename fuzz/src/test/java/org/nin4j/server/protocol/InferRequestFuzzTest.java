package org.nin4j.server.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Classifier;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.internal.json.JsonException;
import org.nin4j.internal.json.JsonFields;
import org.nin4j.io.Model;
import org.nin4j.server.http.Reply;

/** Requests for inference of any content: what is read can be computed and responded to. */
class InferRequestFuzzTest {
  private static final Model MODEL = TinyModels.model(TinyModels.tiny());
  private static final Classifier CLASSIFIER = Classifier.of(MODEL);

  @AfterAll
  static void close() {
    CLASSIFIER.close();
  }

  static Stream<byte[]> seeds() {
    String data = "0.5, -1, 2e3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1";
    return Stream.of(
        seed("FP32", "1, 4, 4", "\"data\": [" + data + "]", 0),
        seed("FP32", "1, 4, 4", "\"data\": [[[[0,1,2,3], [0,1,2,3], [0,1,2,3], [0,1,2,3]]]]", 0),
        seed("FP32", "1, 4, 4", "\"parameters\": {\"binary_data_size\": 64}", 64),
        seed("UINT8", "3, 2, 1", "\"data\": [1, 2, 3, 253, 254, 255]", 0),
        seed("UINT8", "3, 2, 1", "\"parameters\": {\"binary_data_size\": 6, \"x\": null}", 6));
  }

  private static byte[] seed(String datatype, String image, String data, int binary) {
    byte[] json =
        """
        {"id": "a\\u00e4", "parameters": {"timeout": 7, "binary_data_output": true}, "inputs":
        [{"name": "images", "datatype": "%s", "shape": [1, %s], %s}], "outputs":
        [{"name": "logits", "parameters": {"classification": 2, "binary_data": false}},
        {"name": "probabilities"}]}"""
            .formatted(datatype, image, data)
            .getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(json, json.length + binary);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] body) {
    int json = jsonLength(body);
    InferRequest request;
    try {
      request = new InferRequestReader(body, json, MODEL.network().input(), 1000).read();
    } catch (JsonException e) {
      Untrusted.requireSentence("the request", e);
      return;
    }
    int count = request.input().count();
    assertTrue(count >= 1 && count <= InputReader.MOST_IMAGES);
    float[] logits = new float[count * MODEL.classes().size()];
    for (int i = 0; i < count; i++) {
      request.input().logits(CLASSIFIER, i, logits);
    }
    for (int i = 0; i < logits.length; i++) {
      assertTrue(Float.isFinite(logits[i]) || request.input().firstNotFinite().isPresent());
      logits[i] = i;
    }
    List<float[]> values = Collections.nCopies(request.outputs().size(), logits);
    Reply reply = new InferResponse("tiny", request, MODEL.classes()).of(values);
    int length =
        Optional.ofNullable(reply.headers().get(BinaryExtension.HEADER))
            .map(Integer::valueOf)
            .orElse(reply.body().length);
    String text = new String(reply.body(), 0, length, StandardCharsets.UTF_8);
    assertEquals("tiny", JsonFields.of(text, "the response").get("model_name"));
  }

  /** To the last brace; bytes behind it are binary. */
  private static int jsonLength(byte[] body) {
    int length = body.length;
    while (length > 0 && body[length - 1] != '}') {
      length--;
    }
    return length == 0 ? body.length : length;
  }
}
