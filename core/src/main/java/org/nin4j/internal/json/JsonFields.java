package org.nin4j.internal.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists the fields of a JSON object by their paths, to show or compare them. */
public final class JsonFields {
  private JsonFields() {}

  /**
   * Lists all fields that hold no other fields.
   *
   * @param text the text of an object
   * @param source names the text in messages, such as a path
   * @return for each path, such as {@code optimizer.weight_decay} or {@code layers[2].stride}, the
   *     value in words, in the order of the text; a list of plain values is one value, and {@code
   *     none} if it is empty
   * @throws JsonException when the text is not JSON
   */
  public static Map<String, String> of(String text, String source) {
    Map<String, String> fields = new LinkedHashMap<>();
    add(fields, "", JsonText.parse(text, source, "an object"));
    return fields;
  }

  private static void add(Map<String, String> fields, String path, Object value) {
    if (value instanceof Map<?, ?> object) {
      object.forEach(
          (name, field) -> add(fields, path.isEmpty() ? "" + name : path + "." + name, field));
    } else if (value instanceof List<?> list && list.stream().anyMatch(JsonFields::isCompound)) {
      for (int i = 0; i < list.size(); i++) {
        add(fields, path + "[" + i + "]", list.get(i));
      }
    } else if (value instanceof List<?> list) {
      String values = list.stream().map(String::valueOf).collect(Collectors.joining(", "));
      fields.put(path, list.isEmpty() ? "none" : values);
    } else {
      fields.put(path, String.valueOf(value));
    }
  }

  private static boolean isCompound(Object value) {
    return value instanceof Map || value instanceof List;
  }
}
