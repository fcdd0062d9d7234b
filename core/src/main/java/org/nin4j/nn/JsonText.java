package org.nin4j.nn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict JSON: no duplicate fields, nothing after the end, bounded nesting. Values are plain
 * Java's: Map, List, String, Number (Integer where it fits), Boolean and null. Jackson's own tree
 * would say the same, but loading it takes longer than a whole short command.
 */
final class JsonText {
  private static final int DEEPEST_NESTING = 200;

  private JsonText() {}

  /**
   * @throws IllegalArgumentException with line and column when the text is not JSON
   */
  static Object parse(String json, String source) {
    try (JsonParser parser = factory().createParser(withoutByteOrderMark(json))) {
      return parse(parser, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // from a text in memory: cannot happen
    }
  }

  private static Object parse(JsonParser parser, String source) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException(source + ": it is empty, not a network in JSON");
      }
      Object root = value(parser);
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

  /** The value that starts at the current token; leaves the parser at its last. */
  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          fields.put(name, value(parser));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(parser));
        }
        yield values;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
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
    String path = JsonFields.brief(path(parser.getParsingContext().pathAsPointer()));
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

  /** Jackson's words without its own pointers and switches. */
  private static String reason(JsonProcessingException e) {
    String firstLine = e.getOriginalMessage().lines().findFirst().orElse("");
    return firstLine.replaceFirst("\\s*\\(start marker at .*|: enable `.*", "");
  }

  /** {@code /layers/2/stride} as {@code layers[2].stride}. */
  private static String path(JsonPointer pointer) {
    StringBuilder path = new StringBuilder();
    for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
      if (rest.mayMatchElement()) {
        path.append('[').append(rest.getMatchingIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(rest.getMatchingProperty());
      }
    }
    return path.toString();
  }
}
