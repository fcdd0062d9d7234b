package org.nin4j.tracking.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that is complete in itself: markup, style, scripts and data in one file. Its policy allows
 * no network, and no other style or script than its own, which are named by their digests.
 *
 * @param kind what it is, in words, above its title
 * @param title the title; any text
 * @param data what the scripts draw, as JSON; any texts may be in it
 * @param script the name of the last script, which fills the page
 */
record Page(String kind, String title, String data, String script) {
  private static final List<String> STYLES = List.of("uplot/uPlot.min.css", "page/page.css");
  private static final List<String> PARTS =
      List.of("elements", "tables", "charts", "curves", "pictures", "confusion", "calibration");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

  /** Returns the content of the file. */
  String html() {
    StringBuilder style = new StringBuilder("\n");
    STYLES.forEach(name -> style.append(resource(name)).append('\n'));
    String scripts = scripts();
    Map<String, String> values =
        Map.of(
            "policy",
                "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src "
                    + digest(style.toString())
                    + "; script-src "
                    + digest(scripts),
            "kind", text(kind),
            "title", text(title),
            "style", style.toString(),
            "data", json(data),
            "script", scripts);
    Matcher matcher = PLACEHOLDER.matcher(resource("page/page.html"));
    StringBuilder html = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(html, Matcher.quoteReplacement(values.get(matcher.group(1))));
    }
    return matcher.appendTail(html).toString();
  }

  /** uPlot with its licence, and ours in a scope of their own. */
  private String scripts() {
    StringBuilder scripts = new StringBuilder("\n/* uPlot, which draws the charts:\n");
    scripts.append(resource("uplot/LICENSE")).append("*/\n");
    scripts.append(resource("uplot/uPlot.iife.min.js")).append("\n(() => {\n\"use strict\";\n");
    PARTS.forEach(part -> scripts.append(resource("page/" + part + ".js")).append('\n'));
    return scripts.append(resource("page/" + script + ".js")).append("})();\n").toString();
  }

  /** Returns a text as markup that shows it. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Returns JSON that nothing in it can end the element it is in, nor begin another. */
  static String json(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String digest(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the library was built without " + name + "; build it with Maven");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("a part of the library cannot be read: " + name, e);
    }
  }
}
