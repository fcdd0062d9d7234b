package org.nin4j.tracking.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the numbers in {@code report.html}. */
public final class PageData {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  private PageData() {}

  /** Returns all that a page shows, in JSON. */
  public static JsonNode of(Path page) throws IOException {
    Matcher matcher = DATA.matcher(Files.readString(page));
    if (!matcher.find()) {
      throw new AssertionError(page + " contains no data");
    }
    return new ObjectMapper().readTree(matcher.group(1));
  }
}
