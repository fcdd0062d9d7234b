package org.nin4j.internal.json;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a whole JSON document strictly: whatever is not asked for is refused. */
public final class Json {
  private Json() {}

  /**
   * Reads a document that is one object.
   *
   * @param source names the text in messages, such as a path
   * @param what what it should be, such as "a network", for messages
   * @param reader asks the object for its fields and builds a value; what that value's constructor
   *     has to say against them ({@link IllegalArgumentException}) becomes a message with the path
   * @throws JsonException when the text is not JSON, a field is missing, has another type or is
   *     unknown, or the value cannot be built
   */
  public static <T> T object(
      String text, String source, String what, Function<JsonObject, T> reader) {
    return object(JsonText.parse(text, source, what), source, what, reader);
  }

  /**
   * Reads a document that is one object, from somebody who is not trusted: memory is bounded by the
   * length of the text, as texts have at most 65,536 characters, and there are at most 10,000
   * values apart from the numbers of tensors.
   *
   * @param bytes the text in UTF-8, from the array's start
   * @param length how many bytes are the text
   * @param tensor the name of fields that may be long lists of numbers, for {@link
   *     JsonObject#tensor}
   * @param source names the text in messages, such as "the request"
   * @param what what it should be, such as "an inference request", for messages
   * @param reader as for {@link #object}
   * @throws JsonException as {@link #object} does
   */
  public static <T> T request(
      byte[] bytes,
      int length,
      String tensor,
      String source,
      String what,
      Function<JsonObject, T> reader) {
    return object(JsonText.parseRequest(bytes, length, tensor, source, what), source, what, reader);
  }

  private static <T> T object(
      Object root, String source, String what, Function<JsonObject, T> reader) {
    if (!(root instanceof Map<?, ?> fields)) {
      throw new JsonException(
          source + ": " + what + " must be a JSON object, but is " + JsonValue.quote(root), null);
    }
    return new JsonObject(source, "", fields).read(reader);
  }

  /**
   * Reads a document that is one list of texts.
   *
   * @param source names the text in messages, such as a path
   * @param what what it should be, such as "class names", for messages
   * @throws JsonException when it is something else
   */
  public static List<String> texts(String text, String source, String what) {
    Object root = JsonText.parse(text, source, what);
    return new JsonObject(source, "", Map.of(what, root == null ? false : root)).texts(what);
  }

  /**
   * Reads a document that is one object of texts, whose field names are free.
   *
   * @param source names the text in messages, such as a path
   * @param what what it should be, such as "metadata", for messages
   * @return the texts by their names, in the document's order
   * @throws JsonException when it is something else
   */
  public static Map<String, String> textMap(String text, String source, String what) {
    Object root = JsonText.parse(text, source, what);
    return new JsonObject(source, "", Map.of(what, root == null ? false : root)).textMap(what);
  }
}
