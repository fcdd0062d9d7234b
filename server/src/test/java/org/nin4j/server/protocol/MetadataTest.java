package org.nin4j.server.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.Engines;
import org.nin4j.engine.Precision;
import org.nin4j.io.SourceModel;

class MetadataTest {
  private static ProtocolServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new ProtocolServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode read(HttpResponse<byte[]> response) throws IOException {
    assertEquals(200, response.statusCode());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElseThrow());
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void theServerTellsItsNameAndExtensions() throws Exception {
    JsonNode json = read(server.get("/v2"));
    assertEquals("nin4j", json.at("/name").asText());
    assertTrue(json.at("/version").isTextual());
    assertEquals(
        "[\"binary_tensor_data\",\"classification\",\"parameters\"]",
        json.at("/extensions").toString());
  }

  @Test
  void modelsAreListedByName() throws Exception {
    String list =
        "[{\"name\":\"block\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"},"
            + "{\"name\":\"block8\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"}]";
    assertEquals(list, read(server.get("/v2/models")).at("/models").toString());
    assertEquals(list, read(server.post("/v2/repository/index", "")).toString());
    assertEquals(list, read(server.post("/v2/repository/index", "{\"ready\": true}")).toString());
    assertEquals(400, server.post("/v2/repository/index", "{\"ready\": 1}").statusCode());
  }

  @Test
  void aModelTellsItsTensorsAndWhatItIs() throws Exception {
    JsonNode json = read(server.get("/v2/models/block8"));
    assertEquals(
        "{\"name\":\"block8\",\"versions\":[\"1\"],\"platform\":\"nin4j\","
            + "\"inputs\":[{\"name\":\"images\",\"datatype\":\"FP32\",\"shape\":[-1,1,8,8]}],"
            + "\"outputs\":[{\"name\":\"logits\",\"datatype\":\"FP32\",\"shape\":[-1,3]},"
            + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,3]}],"
            + "\"parameters\":{\"network\":\"small\",\"precision\":\""
            + (Engines.best().supports(Precision.INT8) ? Precision.INT8 : Precision.FP32)
            + "\",\"parameter_count\":33,"
            + "\"file_bytes\":"
            + SourceModel.of(ProtocolServer.INT8).bytes()
            + ",\"sha256\":\""
            + SourceModel.of(ProtocolServer.INT8).sha256()
            + "\",\"max_batch_size\":64,\"pixels\":\"images may also be UINT8 pixels of any size,"
            + " [N, 1 or 3, height, width], which the server preprocesses\","
            + "\"preprocessing\":[\"resize to 8 x 8\"],\"classes\":[\"a\",\"ü\\\"\\\\\",\"🐢\"]}}",
        json.toString());
    assertEquals(json, read(server.get("/v2/models/block8/versions/1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/models/block/ready", "/v2/models/block/versions/1/ready"})
  void aModelThatIsServedIsReady(String path) throws Exception {
    assertEquals(200, server.get(path).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/models/none",
        "/v2/models/none/ready",
        "/v2/models/none/versions/1",
        "/v2/models/block/versions/2",
        "/v2/models/block/versions/2/ready",
        "/v2/models/",
        "/v2/models/block/"
      })
  void whatIsNotThereIsNotFound(String path) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertEquals(404, response.statusCode());
    assertTrue(new ObjectMapper().readTree(response.body()).at("/error").isTextual());
  }
}
