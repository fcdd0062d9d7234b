package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.server.RawClient.Answer;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;

/** Which names, pages and tokens a server takes. */
class AccessTest {
  private static final String TOKEN = "s3cret-Token";
  private static NinServer plain;
  private static NinServer strict;

  @BeforeAll
  static void start() throws IOException {
    plain = BlockServer.start(ServerLimits.builder());
    strict =
        BlockServer.start(
            ServerLimits.defaults(),
            options ->
                options
                    .token(TOKEN)
                    .allowedHost("models.example")
                    .allowedHost(".internal")
                    .allowedOrigin("https://shop.example"));
  }

  @AfterAll
  static void stop() {
    plain.close();
    strict.close();
  }

  private static Answer get(NinServer server, String path, String... headers) throws IOException {
    return ask(server, "GET " + path, headers);
  }

  private static Answer ask(NinServer server, String line, String... headers) throws IOException {
    try (RawClient client = new RawClient(server)) {
      return client.send(line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n").read();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "a.localhost",
        "127.0.0.1:8080",
        "[::1]",
        "[fe80::1]:80",
        "192.168.1.7"
      })
  void addressesAndLocalNamesAreTheServersOwn(String host) throws IOException {
    assertEquals(200, get(plain, "/livez", "Host: " + host).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "notlocalhost",
        "models.example", "1.2.3.4.nip.io", "0x7f.1", "evil.example:8080"
      })
  void otherNamesAreMisdirected(String host) throws IOException {
    Answer answer = get(plain, "/livez", "Host: " + host);
    assertEquals(421, answer.status());
    assertTrue(answer.body().startsWith("{\"error\":\"the server does not go by this name"));
  }

  @Test
  void namesThatWereGivenAreTheServersOwn() throws IOException {
    assertEquals(200, get(strict, "/livez", "Host: Models.Example:443").status());
    assertEquals(200, get(strict, "/livez", "Host: a.b.internal").status());
    assertEquals(421, get(strict, "/livez", "Host: internal").status());
    assertEquals(421, get(strict, "/livez", "Host: a.models.example").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host:", "Host: ", "Host: a b", "X: y", "Host: localhost\r\nHost: localhost"})
  void aHostThatIsNoneIsABadRequest(String header) throws IOException {
    assertEquals(400, get(plain, "/livez", header).status());
  }

  @Test
  void pagesOfTheServerMayAskAndThoseOfOthersMayNot() throws IOException {
    String host = "Host: localhost:8080";
    assertEquals(200, get(plain, "/livez", host, "Origin: http://localhost:8080").status());
    for (String origin :
        new String[] {"http://localhost:8081", "http://evil.example", "null", "localhost:8080"}) {
      Answer answer = get(plain, "/livez", host, "Origin: " + origin);
      assertEquals(403, answer.status(), origin);
      assertNull(answer.headers().get("access-control-allow-origin"));
    }
  }

  @Test
  void pagesOfAnAllowedOriginAskFirstAndMayThenRead() throws IOException {
    String host = "Host: localhost";
    String origin = "Origin: https://shop.example";
    String method = "Access-Control-Request-Method: POST";
    Answer first = ask(strict, "OPTIONS /v2/models/block/infer", host, origin, method);
    assertEquals(200, first.status());
    assertEquals("https://shop.example", first.headers().get("access-control-allow-origin"));
    assertTrue(first.headers().get("access-control-allow-headers").contains("Authorization"));
    Answer then = get(strict, "/readyz", host, origin);
    assertEquals(200, then.status());
    assertEquals("https://shop.example", then.headers().get("access-control-allow-origin"));
    assertEquals("Origin", then.headers().get("vary"));
    assertEquals(403, get(strict, "/readyz", host, "Origin: http://shop.example").status());
    assertNull(get(plain, "/readyz", host).headers().get("vary"));
  }

  @Test
  void onlyTheTokenOpensWhatIsNotForEverybody() throws IOException {
    String host = "Host: localhost";
    String[] wrong = {
      "X: y",
      "Authorization: Bearer",
      "Authorization: Bearer ",
      "Authorization: Bearer " + TOKEN + "x",
      "Authorization: Bearer " + TOKEN.substring(1),
      "Authorization: Basic " + TOKEN,
      "Authorization: " + TOKEN
    };
    for (String header : wrong) {
      Answer answer = get(strict, "/v2/models/block/infer", host, header);
      assertEquals(401, answer.status(), header);
      assertEquals("Bearer", answer.headers().get("www-authenticate"));
      assertFalse(answer.body().contains(TOKEN));
    }
    String right = "Authorization: bearer " + TOKEN;
    assertEquals(405, get(strict, "/v2/models/block/infer", host, right).status());
    assertEquals(404, get(strict, "/nothing", host, right).status());
    assertEquals(401, get(strict, "/nothing", host).status(), "what is there is not told either");
    assertEquals(200, get(strict, "/v2/health/ready", host).status());
  }

  @Test
  void aTokenThatNobodyCouldSendIsRefused() {
    NinServerBuilder options = NinServer.builder(new ModelRepository(1, 1));
    for (String token : new String[] {"", " ", "a b", "a\n", "ü"}) {
      assertThrows(IllegalArgumentException.class, () -> options.token(token), token);
    }
  }

  @Test
  void everyAnswerTellsBrowsersToTrustNothing() throws IOException {
    for (String path : new String[] {"/livez", "/nothing", "/%2e%2e/"}) {
      Map<String, String> headers = get(plain, path, "Host: localhost").headers();
      assertEquals("nosniff", headers.get("x-content-type-options"), path);
      assertEquals("same-origin", headers.get("cross-origin-resource-policy"), path);
      assertTrue(headers.get("content-security-policy").startsWith("default-src 'none'"), path);
      assertNull(headers.get("server"), path);
    }
  }
}
