package org.nin4j.server.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request is told in one sentence with the path of the field. */
class InferRefusalTest {
  private static final String GOOD =
      """
      {'inputs': [{'name': 'images', 'shape': [1, 1, 8, 8], 'datatype': 'FP32', 'data': %s}],
      'outputs': [{'name': 'logits', 'parameters': {'classification': 1}}], 'id': '1',
      'parameters': {'timeout': 5000000}}"""
          .formatted(Arrays.toString(new int[64]));

  private static ProtocolServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new ProtocolServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<byte[]> post(String body) throws Exception {
    return server.post("/v2/models/block/infer", body.replace('\'', '"'));
  }

  private static String error(HttpResponse<byte[]> response) throws IOException {
    String error = new ObjectMapper().readTree(response.body()).at("/error").asText();
    assertTrue(error.length() > 10, () -> new String(response.body(), UTF_8));
    return error;
  }

  /** Otherwise the others would be refused for another reason. */
  @Test
  void whatTheOthersAreMadeFromIsGood() throws Exception {
    assertEquals(200, post(GOOD).statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'images' | 'image' | inputs[0].name: unknown input 'image'; did you mean 'images'? (one of: images)",
        "'name': 'images', | | inputs[0].name is missing",
        "FP32 | FP16 | inputs[0].datatype: unknown datatype 'FP16'; did you mean 'FP32'? (one of: FP32, UINT8)",
        "[1, 1, 8, 8] | [2, 1, 8, 8] | inputs[0].data has 64 numbers, but the shape has 128",
        "[1, 1, 8, 8] | [1, 3, 8, 8] | inputs[0].shape must be [N, 1, 8, 8] for FP32, but is [1, 3, 8, 8]",
        "[1, 1, 8, 8] | [64] | inputs[0].shape must be [N, 1, 8, 8] for FP32, but is [64]",
        "[1, 1, 8, 8] | [] | inputs[0].shape must be [N, 1, 8, 8] for FP32, but is []",
        "[1, 1, 8, 8] | [0, 1, 8, 8] | inputs[0].shape[0] must be at least 1, but is 0",
        "[1, 1, 8, 8] | [1, 1, 8, -8] | inputs[0].shape[3] must be at least 1, but is -8",
        "[1, 1, 8, 8] | [1, 1, 8, 8.0] | inputs[0].shape[3] must be a whole number, but is 8.0",
        "[1, 1, 8, 8] | [4294967297, 1, 8, 8] | inputs[0].shape[0] must be a whole number of at most 32 bits, but is 4294967297",
        "[1, 1, 8, 8] | [65, 1, 8, 8] | inputs[0].shape[0] must be at most 64 images, but is 65; send several requests",
        "[1, 1, 8, 8] | '1x1x8x8' | inputs[0].shape must be a list of whole numbers, but is `1x1x8x8`",
        "[1, 1, 8, 8] | [NaN, 1, 8, 8] | not valid JSON at line 1, column 45 (inputs[0].shape[0]): Non-standard token 'NaN'",
        "[0, 0 | [0, NaN | not valid JSON at line 1, column 90 (inputs[0].data[1]): Non-standard token 'NaN'",
        "[0, 0 | [0, '0' | inputs[0].data[1] must be a number, but is `0`",
        "[0, 0 | [0, null | inputs[0].data[1] must be a number, but is null",
        "[0, 0 | [0, {} | inputs[0].data[1] must be a number, but is an object",
        "[0, 0 | [0, [0] | inputs[0].data[1] must be a number, but is a list",
        "[0, 0 | [[0], 0 | inputs[0].data[1] must be a list, as those before it",
        "[0, 0 | [[0, 0], [0], 0 | inputs[0].data[1] is a list of 1, but those before it have 2",
        "[0, 0 | [[[[[[[[[0, 0 | inputs[0].data[0][0][0][0][0][0][0][0] must not be nested more than 8 lists deep",
        "[0, 0 | [0, 1e39 | inputs[0].data[1] must be a number within single precision, but is 1e39",
        "'data': [0, | 'data': 0, 'x': [0, | inputs[0].x: unknown input field 'x' (one of: name, shape, datatype, parameters, data)",
        "'data' | 'dat' | inputs[0].dat: unknown input field 'dat'; did you mean 'data'? (one of: name, shape, datatype, parameters, data)",
        "'inputs' | 'input' | input: unknown request field 'input'; did you mean 'inputs'? (one of: id, parameters, inputs, outputs, model_name, model_version)",
        "'inputs' | 'id' | not valid JSON at line 2, column 75 (id): Duplicate field 'id'",
        "'logits' | 'logit' | outputs[0].name: unknown output 'logit'; did you mean 'logits'? (one of: logits, probabilities)",
        "[{'name': 'logits' | [{'name': 'logits'}, {'name': 'logits' | outputs asks for logits twice",
        "'classification': 1 | 'classification': 0 | outputs[0].parameters.classification must be at least 1, but is 0",
        "'classification': 1 | 'classification': '1' | outputs[0].parameters.classification must be a whole number, but is `1`",
        "'classification': 1 | 'binary_data': 1 | outputs[0].parameters.binary_data must be true or false, but is 1",
        "5000000 | -1 | parameters.timeout must be a number of microseconds, 0 or more, but is -1",
        "5000000 | 1e6 | parameters.timeout must be a whole number, but is 1e6",
        "5000000}} | 5000000}} x | not valid JSON at line 3, column 37: Unrecognized token 'x': was expecting",
        "5000000}} | 5000000}} {} | not valid JSON at line 3, column 37: something follows the end of the JSON",
        "'id': '1' | 'id': 1 | id must be a text, but is 1",
        "'id': '1' | 'id': null | id must be a text, but is null",
      })
  void itsFieldIsNamed(String good, String bad, String complaint) throws Exception {
    assertTrue(GOOD.contains(good), good);
    HttpResponse<byte[]> response = post(GOOD.replace(good, bad == null ? "" : bad));
    assertEquals(400, response.statusCode());
    String error = error(response);
    String expected = "the request: " + complaint.replace('`', '"');
    assertTrue(error.startsWith(expected), () -> error + " instead of " + expected);
  }

  @Test
  void thereIsOneInput() throws Exception {
    String complaint = "the request: inputs must hold one tensor, named images, but there are ";
    assertEquals(complaint + 0, error(post("{'inputs': []}")));
    String input = GOOD.substring(GOOD.indexOf('[') + 1, GOOD.indexOf("}],") + 1);
    assertEquals(complaint + 2, error(post("{'inputs': [" + input + ", " + input + "]}")));
    assertEquals("the request: inputs is missing", error(post("{}")));
  }

  private static String binary(String parameters) {
    return """
    {'inputs': [{'name': 'images', 'shape': [1, 1, 8, 8], 'datatype': 'FP32'%s}]}"""
        .formatted(parameters)
        .replace('\'', '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "256 | , 'parameters': {'binary_data_size': 255} | inputs[0].parameters.binary_data_size must be 256 for this shape and datatype, but is 255",
        "256 | , 'parameters': {'binary_data_size': -1} | inputs[0].parameters.binary_data_size must be 256 for this shape and datatype, but is -1",
        "255 | , 'parameters': {'binary_data_size': 256} | inputs[0].parameters.binary_data_size is 256, but 255 bytes follow the JSON; its length is in the header Inference-Header-Content-Length",
        "257 | , 'parameters': {'binary_data_size': 256} | inputs[0].parameters.binary_data_size is 256, but 257 bytes follow the JSON; its length is in the header Inference-Header-Content-Length",
        "256 | `` | inputs[0].parameters.binary_data_size is missing, but 256 bytes follow the JSON; its length is in the header Inference-Header-Content-Length",
        "0 | `` | inputs[0].data is missing",
        "256 | , 'data': [0], 'parameters': {'binary_data_size': 256} | inputs[0].data must be left out, as parameters.binary_data_size says that bytes follow the JSON",
      })
  void bytesBehindTheJsonMustBeThoseOfTheTensor(int bytes, String parameters, String complaint)
      throws Exception {
    HttpResponse<byte[]> response =
        server.post("/v2/models/block/infer", binary(parameters), new byte[bytes]);
    assertEquals(400, response.statusCode());
    assertEquals("the request: " + complaint, error(response));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e2", "", "301", "4294967297", "0x10", "+5"})
  void theLengthOfTheJsonMustBeOneOfTheBody(String length) throws Exception {
    HttpResponse<byte[]> response = server.postRaw("/v2/models/block/infer", length, new byte[300]);
    assertEquals(400, response.statusCode());
    assertEquals(
        "the header Inference-Header-Content-Length must be the length of the JSON in bytes, at"
            + " most the 300 of the body",
        error(response));
  }

  @ParameterizedTest
  @ValueSource(strings = {"block", "block8"})
  void anImageThatIsNotNumbersIsRefusedWithTheIndexOfTheFirst(String model) throws Exception {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      ByteBuffer images = ByteBuffer.allocate(2 * 256).order(ByteOrder.LITTLE_ENDIAN);
      images.putFloat(4 * 100, bad).putFloat(4 * 127, bad);
      String head = binary(", 'parameters': {'binary_data_size': 512}").replace("[1, 1", "[2, 1");
      HttpResponse<byte[]> response =
          server.post("/v2/models/" + model + "/infer", head, images.array());
      assertEquals(400, response.statusCode());
      assertEquals(
          "the request: inputs[0] must be finite numbers, but the one with index 100 is NaN or"
              + " infinite",
          error(response));
    }
  }

  @Test
  void whatIsNoJsonAtAllIsRefused() throws Exception {
    assertEquals("the request: it is empty, not an inference request in JSON", error(post("")));
    assertEquals(
        "the request: an inference request must be a JSON object, but is [1]", error(post("[1]")));
    HttpResponse<byte[]> noUtf8 =
        server.postRaw(
            "/v2/models/block/infer",
            "12",
            new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xC3, '(', '"', '}', ' '});
    assertEquals(400, noUtf8.statusCode());
    assertTrue(error(noUtf8).startsWith("the request: not valid JSON at line 1"), error(noUtf8));
  }

  @Test
  void depthTextsAndTheNumberOfValuesAreBounded() throws Exception {
    String wide = "{'parameters': {'a': [" + "0,".repeat(20_000) + "0]}}";
    assertEquals(
        "the request: parameters.a[9997] is one value too many; 10000 may be read",
        error(post(wide)));
    String tooLong = " it is nested too deeply, or a name, text or number is too long";
    for (String body :
        new String[] {
          "{'parameters': " + "[".repeat(100_000),
          "{'parameters': " + "{'a':".repeat(100_000),
          "{'id': '" + "x".repeat(70_000) + "'}",
          "{'" + "x".repeat(70_000) + "': 1}",
          GOOD.replace("[0, 0", "[0, " + "1".repeat(2000))
        }) {
      HttpResponse<byte[]> response = post(body);
      assertEquals(400, response.statusCode());
      assertTrue(error(response).endsWith(tooLong), error(response));
    }
  }

  @Test
  void thereIsOneVersion() throws Exception {
    HttpResponse<byte[]> response =
        server.post("/v2/models/block/versions/2/infer", GOOD.replace('\'', '"'));
    assertEquals(404, response.statusCode());
    assertEquals("every model has one version, 1; leave it out", error(response));
  }
}
