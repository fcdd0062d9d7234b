package org.nin4j.internal.json;

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
import org.nin4j.internal.Quoted;

/**
 * Parses strict JSON: no duplicate fields, nothing after the end, bounded length and nesting.
 * Values are Map, List, String, {@link JsonNumber}, Boolean and null. Jackson's own tree would say
 * the same, but loading it takes longer than a whole short command.
 */
final class JsonText {
  static final int LONGEST_QUOTE = 40;

  private static final int LONGEST_REASON = 160;
  private static final int DEEPEST_NESTING = 200;
  private static final int LONGEST_TEXT = 4 << 20;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST_NESTING).build())
          .build();

  private JsonText() {}

  /**
   * @param what what the text should be, such as "a network", for messages
   * @throws JsonException with line and column when the text is not JSON
   */
  static Object parse(String json, String source, String what) {
    if (json.length() > LONGEST_TEXT) {
      throw new JsonException(
          source + ": it is longer than the " + LONGEST_TEXT + " characters that may be read",
          null);
    }
    try (JsonParser parser = FACTORY.createParser(withoutByteOrderMark(json))) {
      return parse(parser, source, what);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // from a text in memory: cannot happen
    }
  }

  private static Object parse(JsonParser parser, String source, String what) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw new JsonException(source + ": it is empty, not " + what + " in JSON", null);
      }
      Object root = value(parser);
      if (parser.nextToken() != null) {
        throw malformed(parser, source, "something follows the end of the JSON", null);
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
      case VALUE_NUMBER_INT -> new JsonNumber(parser.getText(), true);
      case VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText(), false);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static JsonException malformed(
      JsonParser parser, String source, String reason, JsonProcessingException cause) {
    var where = cause == null ? parser.currentTokenLocation() : cause.getLocation();
    if (where == null) {
      where = parser.currentLocation();
    }
    String path = Quoted.printable(path(parser.getParsingContext().pathAsPointer()), LONGEST_QUOTE);
    return new JsonException(
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
    String words =
        firstLine.replaceFirst("\\s*\\((start marker|for \\w+ starting) at .*|: enable `.*", "");
    return Quoted.printable(words, LONGEST_REASON); // they quote the text
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
