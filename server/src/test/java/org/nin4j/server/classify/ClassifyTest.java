package org.nin4j.server.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.server.classify.ClassifyServer.form;
import static org.nin4j.server.classify.ClassifyServer.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.Classifier;
import org.nin4j.Prediction;
import org.nin4j.Prediction.Ranked;
import org.nin4j.data.ImageFiles;
import org.nin4j.explain.Explainer;
import org.nin4j.explain.HeatMap;
import org.nin4j.io.BlockModel;

/** Images over real sockets. */
class ClassifyTest {
  private static final String FORM = "multipart/form-data; boundary=edge";
  private static ClassifyServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new ClassifyServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"png, 40, 30", "jpeg, 33, 47", "bmp, 8, 8", "gif, 20, 9"})
  void theProbabilitiesHaveTheBitsOfAPrediction(String format, int width, int height)
      throws IOException, InterruptedException {
    byte[] image = image(width, height, format);
    JsonNode found = server.classify("/classify/block", image);
    assertEquals(width, found.get("width").asInt());
    assertEquals(height, found.get("height").asInt());
    try (Classifier classifier = Classifier.of(BlockModel.plain())) {
      Prediction expected = classifier.predict(new ByteArrayInputStream(image));
      assertEquals(expected.ranking().size(), found.get("classes").size());
      for (int i = 0; i < expected.ranking().size(); i++) {
        Ranked ranked = expected.ranking().get(i);
        JsonNode each = found.get("classes").get(i);
        assertEquals(ranked.label(), each.get("label").asText());
        assertEquals(ranked.probability(), Float.parseFloat(each.get("probability").asText()));
        assertEquals(ranked.label(), BlockModel.plain().classes().get(each.get("index").asInt()));
      }
    }
  }

  @Test
  void classMapsAreThoseOfAnExplainer() throws IOException, InterruptedException {
    byte[] image = image(40, 24, "png");
    JsonNode found = server.classify("/classify/block?top=1&maps=true", image);
    assertEquals(1, found.get("classes").size());
    assertEquals(3, found.get("class_maps").size());
    assertEquals(
        "{\"top\":0.0,\"left\":0.0,\"height\":24.0,\"width\":40.0}",
        found.get("region").toString());
    // The convolution of 3 x 3 without padding: the first cell is at the second pixel of 8.
    assertEquals(
        "{\"height\":6,\"width\":6,\"first_y\":4.5,\"first_x\":7.5,\"step_y\":3.0,\"step_x\":5.0}",
        found.get("grid").toString());
    try (Explainer explainer = Explainer.of(BlockModel.plain())) {
      for (JsonNode map : found.get("class_maps")) {
        HeatMap expected =
            explainer
                .classMaps(ImageFiles.read(new ByteArrayInputStream(image), 1))
                .orElseThrow()
                .beforeRelu(map.get("index").asInt());
        for (int i = 0; i < 36; i++) {
          String value = map.get("rows").get(i / 6).get(i % 6).asText();
          assertEquals(expected.at(i / 6, i % 6), Float.parseFloat(value));
        }
      }
    }
    JsonNode top = server.classify("/classify/block?top=2&maps=top", image);
    assertEquals(
        top.get("classes").findValuesAsText("index"),
        top.get("class_maps").findValuesAsText("index"));
  }

  @Test
  void aModelWithoutClassMapsSaysSo() throws IOException, InterruptedException {
    JsonNode found = server.classify("/classify/line?maps=top", image(9, 9, "png"));
    assertTrue(found.get("class_maps").isNull());
    assertTrue(found.get("note").asText().startsWith("the model has no class maps: "));
    assertFalse(server.classify("/classify/line", image(9, 9, "png")).has("class_maps"));
  }

  @Test
  void ofSeveralImagesABadOneFailsAlone() throws IOException, InterruptedException {
    byte[] good = image(12, 10, "png");
    byte[] body =
        form(
            "name=\"a\"; filename=\"../../etc/<b> \u00fc.png\"",
            good,
            "name=\"b\"; filename=\"notes.txt\"",
            "a text".getBytes(StandardCharsets.UTF_8),
            "name=\"c\"; filename=\"cut.png\"",
            Arrays.copyOf(good, good.length / 2),
            "name=\"d\"",
            good,
            "name=\"e\"; filename=\"\"",
            new byte[0]);
    HttpResponse<byte[]> response = server.post("/classify/block?top=1", FORM, body);
    assertEquals(200, response.statusCode());
    JsonNode all = new ObjectMapper().readTree(response.body()).get("predictions");
    assertEquals(4, all.size());
    assertEquals("../../etc/<b> \u00fc.png", all.get(0).get("name").asText());
    assertEquals(
        "the image is not a PNG, JPEG, BMP, GIF or TIFF image", all.get(1).get("error").asText());
    assertTrue(all.get(2).get("error").asText().startsWith("the image is damaged or truncated ("));
    assertEquals("d", all.get(3).get("name").asText());
    assertEquals(all.get(0).get("classes"), all.get(3).get("classes"));
    assertFalse(all.get(1).has("classes"));
  }

  @Test
  void whenNoImageIsGoodTheRequestFails() throws IOException, InterruptedException {
    byte[] text = "a text".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "400 none of the 2 images could be classified; the first, 'x.txt': the image is not a PNG,"
            + " JPEG, BMP, GIF or TIFF image",
        server.refusal(
            "/classify/block",
            FORM,
            form("name=\"a\"; filename=\"x.txt\"", text, "name=\"b\"", text)));
  }

  @Test
  void aRequestWithoutAnImageIsRefused() throws IOException, InterruptedException {
    String expected =
        "400 the request has no image; send the file of one as the body, or those of several as"
            + " multipart/form-data";
    assertEquals(expected, server.refusal("/classify/block", "", new byte[0]));
    assertEquals(expected, server.refusal("/classify/block", FORM, form()));
  }

  @Test
  void aFormThatIsNoneIsRefused() throws IOException, InterruptedException {
    byte[] whole = form("name=\"a\"", image(9, 9, "png"));
    String damaged =
        "400 the body is damaged or truncated: it is not the multipart/form-data that its"
            + " Content-Type announces";
    for (int length : List.of(5, 40, 80, whole.length - 5)) {
      assertEquals(damaged, server.refusal("/classify/block", FORM, Arrays.copyOf(whole, length)));
    }
    String long8k = "name=\"" + "a".repeat(8192) + "\"";
    assertEquals(damaged, server.refusal("/classify/block", FORM, form(long8k, new byte[1])));
    assertEquals(
        "400 the Content-Type multipart/form-data has no boundary; leave the header to the program"
            + " that writes the parts",
        server.refusal("/classify/block", "multipart/form-data", whole));
    assertEquals(
        "415 the body is 'multipart/mixed'; send multipart/form-data instead",
        server.refusal("/classify/block", "multipart/mixed; boundary=edge", whole));
  }

  @Test
  void aRequestHasAtMostAHundredImages() throws IOException, InterruptedException {
    Object[] parts = new Object[202];
    for (int i = 0; i < parts.length; i += 2) {
      parts[i] = "name=\"a\"";
      parts[i + 1] = image(3, 3, "gif");
    }
    assertEquals(
        "400 the request has more than 100 images; send fewer at a time",
        server.refusal("/classify/block", FORM, form(parts)));
    HttpResponse<byte[]> most =
        server.post("/classify/block", FORM, form(Arrays.copyOf(parts, 200)));
    assertEquals(100, new ObjectMapper().readTree(most.body()).get("predictions").size());
  }

  @Test
  void imagesBeyondTheLimitsAreRefusedBeforeTheyAreDecoded()
      throws IOException, InterruptedException {
    byte[] giant = image(9, 9, "png");
    ByteBuffer.wrap(giant).putInt(16, 50_000).putInt(20, 50_000);
    assertEquals(
        "413 the image has 50000 x 50000 pixels; more than 1000000 pixels are not read",
        server.refusal("/classify/block", "image/png", giant));
    ByteBuffer.wrap(giant).putInt(16, 2).putInt(20, 70_000);
    assertEquals(
        "413 the image has 2 x 70000 pixels; a side of more than 65535 is not read",
        server.refusal("/classify/block", "image/png", giant));
    assertEquals(
        "400 the image has 9 x 1 pixels, too few to show anything",
        server.refusal("/classify/block", "image/png", image(9, 1, "png")));
  }

  @Test
  void allImagesOfARequestTogetherAreLimited() throws IOException, InterruptedException {
    byte[] large = image(1000, 900, "gif");
    Object[] parts = new Object[10];
    for (int i = 0; i < parts.length; i += 2) {
      parts[i] = "name=\"a\"";
      parts[i + 1] = large;
    }
    HttpResponse<byte[]> response = server.post("/classify/block", FORM, form(parts));
    JsonNode all = new ObjectMapper().readTree(response.body()).get("predictions");
    assertTrue(all.get(3).has("classes"));
    assertEquals(
        "the image has 1000 x 900 pixels; with those before it that is more than 4000000, the most"
            + " that a request may have; send fewer images at a time",
        all.get(4).get("error").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "top=0, '''top'' in the query must be a whole number from 1 to 2147483647, but is ''0'''",
    "top=many, '''top'' in the query must be a whole number from 1 to 2147483647, but is ''many'''",
    "timeout=-1,"
        + " '''timeout'' in the query must be a whole number from 1 to 86400000000, but is ''-1'''",
    "tpo=1, 'unknown query parameter ''tpo''; did you mean ''top''? (one of: top, maps, timeout)'",
    "maps=topp, '''maps'' in the query must be false, top or true, but is ''topp'''",
    "top=1&top=2, 'the query has ''top'' more than once; leave one'",
    "top=%zz, 'the query of the URL is not in UTF-8 with valid escapes'"
  })
  void aQueryIsReadStrictly(String query, String message) throws Exception {
    // The JDK's client would refuse some of these.
    String answer = curl("--data-binary", "x", server.address("/classify/block?" + query));
    assertEquals(message, new ObjectMapper().readTree(answer).get("error").asText());
  }

  @Test
  void curlSendsImagesInAnyOfItsWays(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("boot.png");
    Files.write(file, image(20, 20, "png"));
    String url = server.address("/classify/block?top=1");
    String whole = curl("--data-binary", "@" + file, url);
    assertTrue(whole.contains("\"probability\""), whole);
    assertEquals(whole, curl("-X", "POST", "-T", file.toString(), url));
    assertEquals(
        whole.replace("[{\"width\"", "[{\"name\":\"boot.png\",\"width\""),
        curl("-F", "image=@" + file, url));
    assertTrue(
        curl("-d", "@" + file, url)
            .endsWith(
                "; send a file with curl -F image=@FILE or --data-binary @FILE, as -d"
                    + " changes it\"}"));
  }

  private static String curl(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 3];
    command[0] = "curl";
    command[1] = "-s";
    command[2] = "-g";
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
