package org.nin4j.server.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of a page in Prometheus' text format, each under its name and labels as they are
 * written there.
 *
 * @param text the page
 * @param values the numbers
 */
record Exposition(String text, Map<String, Double> values) {
  private static final Pattern LINE =
      Pattern.compile(
          "([a-z_][a-z0-9_]*(?:\\{(?:[a-z0-9_]+=\"[^\"\\\\]*\",?)+\\})?) ([-+0-9.eEInfNa]+)");

  static Exposition read(URI server) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/metrics")).build();
    String text =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return parse(text);
  }

  static Exposition parse(String text) {
    Map<String, Double> values = new TreeMap<>();
    for (String line : text.lines().toList()) {
      if (!line.startsWith("# HELP ") && !line.startsWith("# TYPE ")) {
        Matcher matcher = LINE.matcher(line);
        assertTrue(matcher.matches(), line);
        assertTrue(
            values.put(
                    matcher.group(1), Double.valueOf(matcher.group(2).replace("Inf", "Infinity")))
                == null,
            "twice: " + line);
      }
    }
    return new Exposition(text, values);
  }

  /** Returns a number; NaN when there is none of that name. */
  double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  /** Returns a number of the model {@code block}. */
  double ofBlock(String name) {
    return value(name + "{model=\"block\",version=\"1\"}");
  }

  /** Returns how many requests for the model {@code block} failed for a reason. */
  double failures(String reason) {
    return value(
        "nin4j_inference_request_failure_total{model=\"block\",reason=\""
            + reason
            + "\",version=\"1\"}");
  }
}
