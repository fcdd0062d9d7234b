package org.nin4j.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes the fields of JSON objects into a text, in the order of the calls. Numbers are written so
 * that {@link JsonObject} reads the same bits; those that are not finite are refused, as JSON has
 * no words for them.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Something of the generator's; into memory it cannot fail. */
  private interface Step {
    void run() throws IOException;
  }

  private final JsonGenerator json;

  private JsonWriter(JsonGenerator json) {
    this.json = json;
  }

  /** One object on one line, without a line's end. */
  public static String line(Consumer<JsonWriter> fields) {
    return document(false, writer -> writer.object(fields));
  }

  /** One object, a line for each field, with a line's end. */
  public static String indented(Consumer<JsonWriter> fields) {
    return document(true, writer -> writer.object(fields)) + "\n";
  }

  /** JSON text in the same form: a line for each field, with a line's end. */
  public static String indented(String text) {
    Object value = JsonText.parse(text, "text", "a value");
    return document(true, writer -> writer.plain(value)) + "\n";
  }

  /** A list of texts on one line, without a line's end. */
  public static String line(List<String> texts) {
    return document(false, writer -> writer.plain(texts));
  }

  /** A text in quotation marks, with escapes where JSON needs them. */
  public static String quoted(String text) {
    return document(false, writer -> writer.plain(text));
  }

  /** Values as {@link JsonText} parses them, on one line. */
  static String textOf(Object value) {
    return document(false, writer -> writer.plain(value));
  }

  private static String document(boolean indented, Consumer<JsonWriter> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      if (indented) {
        json.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      content.accept(new JsonWriter(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory: cannot happen
    }
    return text.toString();
  }

  /** A text, or null. */
  public void text(String name, String value) {
    run(() -> json.writeStringField(name, value));
  }

  /** A whole number. */
  public void number(String name, long value) {
    run(() -> json.writeNumberField(name, value));
  }

  /** A number of double precision. */
  public void number(String name, double value) {
    run(() -> json.writeNumberField(name, finite(name, value)));
  }

  /** A number of single precision. */
  public void number(String name, float value) {
    finite(name, value);
    run(() -> json.writeNumberField(name, value));
  }

  /** True or false. */
  public void flag(String name, boolean value) {
    run(() -> json.writeBooleanField(name, value));
  }

  /** JSON's null, for a value that there is none of. */
  public void none(String name) {
    run(() -> json.writeNullField(name));
  }

  /** A number, or null for NaN, such as a fraction of nothing. */
  public void numberOrNone(String name, double value) {
    if (Double.isNaN(value)) {
      none(name);
    } else {
      number(name, value);
    }
  }

  /** An object. */
  public void object(String name, Consumer<JsonWriter> fields) {
    run(() -> json.writeFieldName(name));
    object(fields);
  }

  /** A list of objects, one for each element. */
  public <T> void objects(String name, Iterable<T> elements, BiConsumer<JsonWriter, T> fields) {
    run(() -> json.writeArrayFieldStart(name));
    elements.forEach(element -> object(writer -> fields.accept(writer, element)));
    run(json::writeEndArray);
  }

  /** A list of Integer, Long, Float or Double. */
  public void numbers(String name, List<? extends Number> values) {
    values.forEach(value -> finite(name, value.doubleValue()));
    run(() -> json.writeFieldName(name));
    plain(values);
  }

  /**
   * A list of numbers of single precision.
   *
   * @param values the first {@code count} are written
   */
  public void floats(String name, float[] values, int count) {
    run(() -> json.writeArrayFieldStart(name));
    for (int i = 0; i < count; i++) {
      float value = values[i];
      finite(name, value);
      run(() -> json.writeNumber(value));
    }
    run(json::writeEndArray);
  }

  /** A list of lists of numbers, as of {@link #numbers}. */
  public void numberRows(String name, List<? extends List<? extends Number>> rows) {
    rows.forEach(row -> row.forEach(value -> finite(name, value.doubleValue())));
    run(() -> json.writeFieldName(name));
    plain(rows);
  }

  /** A list of texts. */
  public void texts(String name, List<String> values) {
    run(() -> json.writeFieldName(name));
    plain(values);
  }

  /** A list of lists of texts. */
  public void textRows(String name, List<List<String>> rows) {
    run(() -> json.writeFieldName(name));
    plain(rows);
  }

  /** A value that is JSON text already. */
  public void raw(String name, String text) {
    run(
        () -> {
          json.writeFieldName(name);
          json.writeRawValue(text);
        });
  }

  private void object(Consumer<JsonWriter> fields) {
    run(json::writeStartObject);
    fields.accept(this);
    run(json::writeEndObject);
  }

  private void plain(Object value) {
    if (value instanceof Map<?, ?> fields) {
      run(json::writeStartObject);
      fields.forEach(
          (name, field) -> {
            run(() -> json.writeFieldName(name.toString()));
            plain(field);
          });
      run(json::writeEndObject);
    } else if (value instanceof List<?> values) {
      run(json::writeStartArray);
      values.forEach(this::plain);
      run(json::writeEndArray);
    } else if (value instanceof String text) {
      run(() -> json.writeString(text));
    } else {
      // Java's and JSON's words for numbers, flags and null are the same.
      run(() -> json.writeRawValue(String.valueOf(value)));
    }
  }

  private static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("'" + name + "' must be finite, but is " + value);
    }
    return value;
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory: cannot happen
    }
  }
}
