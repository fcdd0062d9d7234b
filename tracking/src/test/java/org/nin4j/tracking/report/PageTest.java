package org.nin4j.tracking.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nin4j.internal.json.JsonWriter;

/** The file that a page becomes. */
class PageTest {
  private static String html(String title, String name) {
    String data = JsonWriter.line(json -> json.text("name", name));
    return new Page("a kind", title, data, "run").html();
  }

  @Test
  void noTextEndsItsElementOrBeginsAnother() {
    String html = html(ReportedTask.MARKUP, ReportedTask.QUOTES);
    assertFalse(html.contains("<img src=x"));
    assertFalse(html.contains("</script><!--"));
    assertTrue(html.contains("<title>&lt;img src=x onerror=document.title='broken'&gt;</title>"));
    assertTrue(
        html.contains("{\"name\":\"\\\"it's\\\", \\u003c/script>\\u003c!-- \\u003cscript>\"}"));
  }

  @Test
  void aPlaceholderInATextIsOnlyAText() {
    assertTrue(html("${script} $1", "${data}").contains("<title>${script} $1</title>"));
  }

  @Test
  void thePolicyAllowsNothingButTheOwnScriptAndStyle() throws Exception {
    String html = html("title", "name");
    String policy = group("Content-Security-Policy\" content=\"([^\"]*)\"", html);
    assertEquals(
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src "
            + digest(group("<style>(.*?)</style>", html))
            + "; script-src "
            + digest(group("<script>(.*?)</script>", html)),
        policy);
  }

  @Test
  void thePageNamesTheLicenceOfTheCharts() {
    String html = html("title", "name");
    assertTrue(html.contains("Permission is hereby granted, free of charge"));
    assertTrue(html.contains("Leon Sorokin"));
  }

  private static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertTrue(matcher.find(), pattern);
    return matcher.group(1);
  }

  private static String digest(String text) throws Exception {
    byte[] bytes =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(bytes) + "'";
  }
}
