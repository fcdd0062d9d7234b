package org.nin4j.internal.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nin4j.internal.Quoted;

/**
 * A JSON value and where it stands, converted to the types that readers ask for.
 *
 * @param source the name of the whole text in messages
 * @param path the path of the value in it, such as {@code layers[3].padding}
 * @param value a text, a {@link JsonNumber}, a flag, a list, a map, or null
 */
record JsonValue(String source, String path, Object value) {
  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw wrong("a text");
  }

  String textOrDigits() {
    return value instanceof JsonNumber number ? number.digits() : text();
  }

  boolean isWholeNumber() {
    return value instanceof JsonNumber number && number.whole();
  }

  int intNumber() {
    try {
      return Integer.parseInt(wholeDigits());
    } catch (NumberFormatException e) {
      throw wrong("a whole number of at most 32 bits");
    }
  }

  int intAtLeast(int minimum) {
    int number = intNumber();
    if (number < minimum) {
      throw defect(" must be at least " + minimum + ", but is " + number);
    }
    return number;
  }

  long longNumber() {
    try {
      return Long.parseLong(wholeDigits());
    } catch (NumberFormatException e) {
      throw wrong("a whole number of at most 64 bits");
    }
  }

  private String wholeDigits() {
    if (value instanceof JsonNumber number && number.whole()) {
      return number.digits();
    }
    throw wrong("a whole number");
  }

  double doubleNumber() {
    double parsed = Double.parseDouble(digits());
    if (Double.isInfinite(parsed)) {
      throw wrong("a number within double precision");
    }
    return parsed;
  }

  float floatNumber() {
    float parsed = Float.parseFloat(digits());
    if (Float.isInfinite(parsed)) {
      throw wrong("a number within single precision");
    }
    return parsed;
  }

  JsonTensor tensor() {
    if (value instanceof JsonTensor tensor) {
      return tensor;
    }
    throw wrong("a list of numbers");
  }

  private String digits() {
    if (value instanceof JsonNumber number) {
      return number.digits();
    }
    throw wrong("a number");
  }

  boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong("true or false");
  }

  <T> T object(Function<JsonObject, T> reader) {
    return new JsonObject(source, path, fields()).read(reader);
  }

  /** Returns the fields of an object. */
  Map<?, ?> fields() {
    if (value instanceof Map<?, ?> fields) {
      return fields;
    }
    throw wrong("an object");
  }

  /**
   * Returns the elements of a list.
   *
   * @param wanted what the value must be, such as "a list of texts"
   */
  <T> List<T> list(String wanted, Function<JsonValue, T> element) {
    if (!(value instanceof List<?> values)) {
      throw wrong(wanted);
    }
    List<T> elements = new ArrayList<>(values.size());
    for (Object each : values) {
      elements.add(element.apply(new JsonValue(source, path + "[" + elements.size() + "]", each)));
    }
    return elements;
  }

  JsonException wrong(String wanted) {
    return defect(" must be " + wanted + ", but is " + quote(value));
  }

  private JsonException defect(String complaint) {
    return new JsonException(source + ": " + path + complaint, null);
  }

  static String quote(Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof String text) {
      return '"' + Quoted.printable(text, JsonText.LONGEST_QUOTE) + '"';
    }
    return Quoted.printable(String.valueOf(value), JsonText.LONGEST_QUOTE);
  }
}
