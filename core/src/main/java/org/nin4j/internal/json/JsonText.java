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

  /** Of a request: values that are kept as objects, the characters of a text, and nesting. */
  static final int MOST_VALUES = 10_000;

  static final int LONGEST_REQUEST_TEXT = 1 << 16;
  private static final int DEEPEST_REQUEST = 32;

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

  /** Knows the names of fields seen before, which makes short documents in UTF-8 quick. */
  private static final JsonFactory REQUESTS =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST_REQUEST)
                  .maxStringLength(LONGEST_REQUEST_TEXT)
                  .build())
          .build();

  private final JsonParser parser;
  private final String source;

  /** The name of fields that are tensors; null if there are none. */
  private final String tensor;

  /** How many more values there may be. */
  private int left;

  private JsonText(JsonParser parser, String source, String tensor, int most) {
    this.parser = parser;
    this.source = source;
    this.tensor = tensor;
    left = most;
  }

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
      return new JsonText(parser, source, null, Integer.MAX_VALUE).document(what);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // from a text in memory: cannot happen
    }
  }

  /**
   * As {@link #parse}, of what nobody vouches for.
   *
   * @param length how many of the bytes are the text, in UTF-8
   * @param tensor the name of fields that are {@link JsonTensor}s if they are lists
   */
  static Object parseRequest(byte[] bytes, int length, String tensor, String source, String what) {
    try (JsonParser parser = REQUESTS.createParser(bytes, 0, length)) {
      return new JsonText(parser, source, tensor, MOST_VALUES).document(what);
    } catch (IOException e) {
      throw new JsonException(source + ": not valid JSON: it is not UTF-8", e);
    }
  }

  private Object document(String what) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw new JsonException(source + ": it is empty, not " + what + " in JSON", null);
      }
      Object root = value(null);
      if (parser.nextToken() != null) {
        throw malformed("something follows the end of the JSON", null);
      }
      return root;
    } catch (JsonDefect e) {
      throw new JsonException(source + ": " + path() + e.getMessage(), e);
    } catch (StreamConstraintsException e) {
      throw malformed("it is nested too deeply, or a name, text or number is too long", e);
    } catch (JsonProcessingException e) {
      throw malformed(reason(e), e);
    }
  }

  /**
   * The value that starts at the current token; leaves the parser at its last.
   *
   * @param field its name; null in a list
   */
  private Object value(String field) throws IOException, JsonDefect {
    if (left == 0) {
      throw new JsonDefect(" is one value too many; " + MOST_VALUES + " may be read");
    }
    left--;
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          parser.nextToken();
          fields.put(name, value(name));
        }
        yield fields;
      }
      case START_ARRAY -> field != null && field.equals(tensor) ? tensor() : list();
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> new JsonNumber(parser.getText(), true);
      case VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText(), false);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private List<Object> list() throws IOException, JsonDefect {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(null));
    }
    return values;
  }

  private JsonTensor tensor() throws IOException, JsonDefect {
    return new TensorParser(parser).read();
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private JsonException malformed(String reason, JsonProcessingException cause) {
    var where = cause == null ? parser.currentTokenLocation() : cause.getLocation();
    if (where == null) {
      where = parser.currentLocation();
    }
    String path = path();
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

  /** Where the parser is: {@code /layers/2/stride} as {@code layers[2].stride}. */
  private String path() {
    StringBuilder path = new StringBuilder();
    for (JsonPointer rest = parser.getParsingContext().pathAsPointer();
        !rest.matches();
        rest = rest.tail()) {
      if (rest.mayMatchElement()) {
        path.append('[').append(rest.getMatchingIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(rest.getMatchingProperty());
      }
    }
    return Quoted.printable(path.toString(), LONGEST_QUOTE);
  }
}
