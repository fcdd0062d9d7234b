package org.nin4j.nn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Strict JSON: no duplicate fields, nothing after the end, bounded nesting. */
final class JsonText {
  private static final int DEEPEST_NESTING = 200;

  private JsonText() {}

  /**
   * @throws IllegalArgumentException with line and column when the text is not JSON
   */
  static JsonNode parse(String json, String source) {
    try (JsonParser parser = factory().createParser(withoutByteOrderMark(json))) {
      return parse(parser, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // from a text in memory: cannot happen
    }
  }

  private static JsonNode parse(JsonParser parser, String source) throws IOException {
    try {
      JsonNode root = new ObjectMapper().readTree(parser);
      if (root == null) {
        throw new IllegalArgumentException(source + ": it is empty, not a network in JSON");
      }
      if (parser.nextToken() != null) {
        throw malformed(parser, source, "something follows the end of the network", null);
      }
      return root;
    } catch (StreamConstraintsException e) {
      throw malformed(
          parser, source, "it is nested too deeply, or a name or number is too long", e);
    } catch (JsonProcessingException e) {
      throw malformed(parser, source, reason(e), e);
    }
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING).build())
        .build();
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static IllegalArgumentException malformed(
      JsonParser parser, String source, String reason, JsonProcessingException cause) {
    var where = cause == null ? parser.currentTokenLocation() : cause.getLocation();
    if (where == null) {
      where = parser.currentLocation();
    }
    String path = path(parser.getParsingContext().pathAsPointer());
    return new IllegalArgumentException(
        source
            + ": not valid JSON at line "
            + where.getLineNr()
            + ", column "
            + where.getColumnNr()
            + (path.isEmpty() ? "" : " (" + path + ")")
            + ": "
            + reason,
        cause);
  }

  /** Jackson's words without its pointer to where an unclosed bracket began. */
  private static String reason(JsonProcessingException e) {
    String firstLine = e.getOriginalMessage().lines().findFirst().orElse("");
    return firstLine.replaceFirst("\\s*\\(start marker at .*", "");
  }

  /** {@code /layers/2/stride} as {@code layers[2].stride}. */
  private static String path(JsonPointer pointer) {
    StringBuilder path = new StringBuilder();
    for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
      if (rest.mayMatchElement() && path.length() > 0) {
        path.append('[').append(rest.getMatchingIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(rest.getMatchingProperty());
      }
    }
    return path.toString();
  }
}
