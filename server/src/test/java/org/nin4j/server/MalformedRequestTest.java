package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.server.RawClient.Answer;
import org.nin4j.server.limits.ServerLimits;

/** Paths and heads that are not what HTTP allows. */
class MalformedRequestTest {
  private static NinServer server;

  @BeforeAll
  static void start() throws IOException {
    server = BlockServer.start(ServerLimits.builder());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertRefused(int status, String request) throws IOException {
    try (RawClient client = new RawClient(server)) {
      Answer answer = client.send(request).read();
      assertEquals(status, answer.status());
      assertEquals("application/json", answer.headers().get("content-type"));
      assertEquals("nosniff", answer.headers().get("x-content-type-options"));
      assertTrue(answer.body().matches("\\{\"error\":\"[^\\n]+\"}"), answer.body());
      assertFalse(answer.body().contains("jetty") || answer.body().contains("Exception"));
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "404, /v2/models/../../etc/passwd",
    "404, /v2/models/nothing/infer/",
    "400, //livez",
    "404, /livez/",
    "404, /livez;x=y/z",
    "404, /LIVEZ",
    "400, /v2/models/<script>alert(1)</script>",
    "404, /v2/models/%3Cscript%3E",
    "400, /v2/models/%2e%2e/%2e%2e/etc/passwd",
    "400, /v2/models/..%2f..%2fetc",
    "400, /v2%2Fhealth%2Flive",
    "400, /v2/models/%252e%252e/x",
    "400, /livez%00",
    "400, /%ff%fe",
    "400, /%c0%ae%c0%ae/",
    "400, /%",
    "400, /%zz",
    "400, /../livez",
    "400, livez",
    "400, http:///livez",
    "400, http://evil.example/livez",
  })
  void aPathThatIsNoRouteIsRefused(int status, String path) throws IOException {
    assertRefused(status, get(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002\r\n\r\n",
        "GET\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: localhost\r\n X: folded\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "GET /li vez HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 hello over TLS\r\n\r\n",
      })
  void aHeadThatIsNoHttpIsABadRequest(String head) throws IOException {
    assertRefused(400, head);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " HTTP/0.9", " HTTP/2.0", " HTTP/3.7"})
  void otherVersionsOfHttpAreNotSpoken(String version) throws IOException {
    try (RawClient client = new RawClient(server)) {
      int status = client.send("GET /livez" + version + "\r\n\r\n").read().status();
      assertTrue(status == 505 || status == 426, "status " + status);
    }
  }

  @ParameterizedTest
  @CsvSource({"414, /", "431, '/livez HTTP/1.1\r\nHost: localhost\r\nX: '"})
  void whatIsTooLongForAHeadIsRefused(int status, String begin) throws IOException {
    assertRefused(status, get(begin + "x".repeat(20_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "405, POST /livez",
    "405, DELETE /v2/health/live",
    "404, BREW /coffee",
    "405, TRACE /livez"
  })
  void aMethodThatARouteDoesNotTakeIsRefused(int status, String line) throws IOException {
    assertRefused(status, line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
  }
}
