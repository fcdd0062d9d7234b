package org.nin4j.server.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.server.NinServer;
import org.nin4j.server.model.ModelRepository;

/** The files of the page over HTTP. */
class PageTest {
  /** What refers to another file: {@code src="page/app.js"}, {@code from "./api.js"}. */
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src=\"|stylesheet\" href=\"|from \"\\./)([^\"]+)\"");

  private static NinServer server;

  @BeforeAll
  static void start() throws IOException {
    server = NinServer.builder(new ModelRepository(1, 1)).port(0).build();
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/page/app.js, text/javascript; charset=utf-8",
    "/page/preact.module.js, text/javascript; charset=utf-8",
    "/page/page.css, text/css; charset=utf-8",
  })
  void aFileHasItsTypeAndThePolicy(String path, String type) throws Exception {
    HttpResponse<String> response = get(path);
    assertEquals(200, response.statusCode());
    assertEquals(type, header(response, "Content-Type"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    String policy = header(response, "Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
  }

  @Test
  void everyFileThatAnotherOneNamesIsServedAsItIs() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>();
    open.add("");
    while (!open.isEmpty()) {
      String path = open.remove();
      HttpResponse<String> response = get("/" + path);
      assertEquals(200, response.statusCode(), path);
      files.put(path, response.body().getBytes(StandardCharsets.UTF_8));
      for (MatchResult match : REFERENCE.matcher(response.body()).results().toList()) {
        String name =
            match.group(1).startsWith("page/") ? match.group(1) : "page/" + match.group(1);
        if (!files.containsKey(name) && !open.contains(name)) {
          open.add(name);
        }
      }
    }
    assertEquals(12, files.size(), files.keySet().stream().collect(Collectors.joining(" ")));
    try (InputStream in = PageTest.class.getResourceAsStream("heat.js")) {
      assertArrayEquals(in.readAllBytes(), files.get("page/heat.js"));
    }
  }

  @Test
  void aFileThatTheClientHasIsNotSentAgain() throws Exception {
    HttpResponse<String> whole = get("/page/app.js");
    String tag = header(whole, "ETag");
    for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      HttpResponse<String> response = get("/page/app.js", "If-None-Match", known);
      assertEquals(304, response.statusCode(), known);
      assertEquals(tag, header(response, "ETag"));
      assertEquals(header(whole, "Content-Length"), header(response, "Content-Length"));
      assertEquals("", response.body());
    }
    assertEquals(200, get("/page/app.js", "If-None-Match", "\"other\"").statusCode());
    assertEquals(200, get("/page/app.js", "If-None-Match", tag.replace("\"", "")).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/",
        "/page/PageFile.class",
        "/page/index.html",
        "/page/preact/LICENSE",
        "/page/..%2f..%2fserver%2fNinServer.class",
        "/page/%2e%2e%2fpage%2fapp.js",
        "/page/app.js%00",
        "/page/APP.JS",
      })
  void onlyKnownNamesAreFound(String path) throws Exception {
    int status = get(path).statusCode();
    assertTrue(status == 404 || status == 400, path + ": " + status);
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
