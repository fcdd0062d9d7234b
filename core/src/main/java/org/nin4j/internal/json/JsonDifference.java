package org.nin4j.internal.json;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nin4j.internal.Quoted;

/** Compares JSON texts field by field. */
public final class JsonDifference {
  private static final int LONGEST_VALUE = 60;

  private JsonDifference() {}

  /**
   * Describes the first difference between two objects, in the order of their fields.
   *
   * @param found the text of one object
   * @param wanted the text of the other
   * @return the path and both values, such as {@code optimizer.weight_decay 0.001 instead of 0.01};
   *     empty when there is no difference
   * @throws JsonException when one is not JSON
   */
  public static Optional<String> first(String found, String wanted) {
    return first(
        "",
        JsonText.parse(found, "found", "an object"),
        JsonText.parse(wanted, "wanted", "an object"));
  }

  private static Optional<String> first(String path, Object found, Object wanted) {
    if (found instanceof Map<?, ?> left && wanted instanceof Map<?, ?> right) {
      Set<Object> names = new LinkedHashSet<>(left.keySet());
      names.addAll(right.keySet());
      return names.stream()
          .map(
              name -> {
                String field = path.isEmpty() ? name.toString() : path + "." + name;
                if (left.containsKey(name) && right.containsKey(name)) {
                  return first(field, left.get(name), right.get(name));
                }
                return left.containsKey(name)
                    ? Optional.of(field + " " + text(left.get(name)) + " instead of none")
                    : Optional.of(field + " none instead of " + text(right.get(name)));
              })
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (found instanceof List<?> left && wanted instanceof List<?> right) {
      for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
        Optional<String> difference = first(path + "[" + i + "]", left.get(i), right.get(i));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return left.size() == right.size()
          ? Optional.empty()
          : Optional.of(path + " with " + left.size() + " instead of " + right.size() + " entries");
    }
    return JsonWriter.textOf(found).equals(JsonWriter.textOf(wanted))
        ? Optional.empty()
        : Optional.of(path + " " + text(found) + " instead of " + text(wanted));
  }

  private static String text(Object value) {
    String text = value instanceof String plain ? plain : JsonWriter.textOf(value);
    return Quoted.printable(text, LONGEST_VALUE);
  }
}
