package org.nin4j.internal.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.Suggestion;

/**
 * The fields of one JSON object, read by type. Every complaint is a {@link JsonException} that
 * names the source and the path of the field in it. Once the object's reader has returned, fields
 * that it did not ask for are refused, with the nearest name that it did ask for.
 *
 * <p>JSON's null is a value of the wrong type for every accessor. Numbers are finite: one that
 * would overflow to infinity is refused.
 */
public final class JsonObject {
  private final String source;
  private final String path;
  private final Map<?, ?> fields;
  private final Set<String> asked = new LinkedHashSet<>();
  private boolean open;

  JsonObject(String source, String path, Map<?, ?> fields) {
    this.source = source;
    this.path = path;
    this.fields = fields;
  }

  <T> T read(Function<JsonObject, T> reader) {
    T value;
    try {
      value = reader.apply(this);
    } catch (JsonException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String prefix = path.isEmpty() ? "" : path + " cannot be built: ";
      throw new JsonException(source + ": " + prefix + e.getMessage(), e);
    }
    if (!open) {
      refuseAllBut("field", asked);
    }
    return value;
  }

  /** Lets there be fields that nobody asks for: for parameters that another program may know. */
  public void ignoreOthers() {
    open = true;
  }

  /**
   * Refuses fields that are not in {@code known} at once, before a missing one is complained of:
   * for objects whose misspelt fields should be told from a full list.
   *
   * @param owner what has these fields, such as "MaxPool2d", for messages
   */
  public void allowOnly(String owner, List<String> known) {
    refuseAllBut(owner + " field", known);
  }

  /**
   * The text of the field {@code type}, which decides what other fields there may be. All others
   * are refused at once, as by {@link #allowOnly}.
   *
   * @param what what such a type is, such as "layer type", for messages
   * @param fields the other fields of each type
   */
  public String type(String what, Map<String, List<String>> fields) {
    String type = text("type");
    if (!fields.containsKey(type)) {
      throw unknown("type", what, List.copyOf(fields.keySet()));
    }
    List<String> known = new ArrayList<>(List.of("type"));
    known.addAll(fields.get(type));
    allowOnly(type, known);
    return type;
  }

  private void refuseAllBut(String what, Collection<String> known) {
    for (Object key : fields.keySet()) {
      if (!known.contains(key)) {
        String name = Quoted.printable(key.toString(), JsonText.LONGEST_QUOTE);
        throw defect(
            name,
            known.isEmpty()
                ? " is unknown; no fields are allowed here"
                : ": " + Suggestion.unknown(what, name, known));
      }
    }
  }

  /** Whether there is such a field. */
  public boolean has(String name) {
    asked.add(name);
    return fields.containsKey(name);
  }

  /** A text. */
  public String text(String name) {
    return required(name).text();
  }

  /** A text, or another one when there is no such field. */
  public String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  /** A whole number of 32 bits, written without fraction or exponent. */
  public int intNumber(String name) {
    return required(name).intNumber();
  }

  /** A whole number of 32 bits, or another one when there is no such field. */
  public int intNumber(String name, int otherwise) {
    return has(name) ? intNumber(name) : otherwise;
  }

  /** A whole number from {@code minimum} to the largest of 32 bits. */
  public int intAtLeast(String name, int minimum) {
    return required(name).intAtLeast(minimum);
  }

  /** A whole number of 64 bits, written without fraction or exponent. */
  public long longNumber(String name) {
    return required(name).longNumber();
  }

  /**
   * A finite number of double precision; written with {@link JsonWriter} it survives bit by bit.
   */
  public double doubleNumber(String name) {
    return required(name).doubleNumber();
  }

  /** A finite number of double precision, or another one when there is no such field. */
  public double doubleNumber(String name, double otherwise) {
    return has(name) ? doubleNumber(name) : otherwise;
  }

  /** A finite number of single precision, rounded once from its decimal digits. */
  public float floatNumber(String name) {
    return required(name).floatNumber();
  }

  /** A finite number of single precision, or another one when there is no such field. */
  public float floatNumber(String name, float otherwise) {
    return has(name) ? floatNumber(name) : otherwise;
  }

  /** True or false. */
  public boolean flag(String name) {
    return required(name).flag();
  }

  /** True or false, or a default when there is no such field. */
  public boolean flag(String name, boolean otherwise) {
    return has(name) ? flag(name) : otherwise;
  }

  /** One of an enumeration's constants, by what its {@code toString} says. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    String text = text(name);
    List<E> constants = List.of(type.getEnumConstants());
    for (E constant : constants) {
      if (constant.toString().equals(text)) {
        return constant;
      }
    }
    throw unknown(name, name, constants.stream().map(Object::toString).toList());
  }

  /** An object, read by {@code reader}. */
  public <T> T object(String name, Function<JsonObject, T> reader) {
    return required(name).object(reader);
  }

  /** An object, or empty when there is no such field. */
  public <T> Optional<T> optionalObject(String name, Function<JsonObject, T> reader) {
    return has(name) ? Optional.of(object(name, reader)) : Optional.empty();
  }

  /** The objects of a list, which may be empty; each is read by {@code reader}. */
  public <T> List<T> objects(String name, Function<JsonObject, T> reader) {
    return required(name).list("a list of objects", element -> element.object(reader));
  }

  /** The texts of an object whose field names are free, by their names and in their order. */
  public Map<String, String> textMap(String name) {
    return object(name, JsonObject::textMap);
  }

  /** The texts of this object, if its field names are free, by their names and in their order. */
  public Map<String, String> textMap() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Object key : fields.keySet()) {
      texts.put(key.toString(), text(key.toString()));
    }
    return texts;
  }

  /** The texts of a list, which may be empty. */
  public List<String> texts(String name) {
    return required(name).list("a list of texts", JsonValue::text);
  }

  /** A text, or the digits of a number as they are written, such as 0.1. */
  public String textOrDigits(String name) {
    return required(name).textOrDigits();
  }

  /** The elements of a list, which may be empty, as of {@link #textOrDigits(String)}. */
  public List<String> textsOrDigits(String name) {
    return required(name).list("a list of texts", JsonValue::textOrDigits);
  }

  /** The whole numbers of a list, which may be empty, each of at least {@code minimum}. */
  public List<Integer> intsAtLeast(String name, int minimum) {
    return required(name).list("a list of whole numbers", element -> element.intAtLeast(minimum));
  }

  /** The numbers of a list, which may be empty, as of {@link #doubleNumber(String)}. */
  public List<Double> doubleNumbers(String name) {
    return required(name).list("a list of numbers", JsonValue::doubleNumber);
  }

  /** The numbers of a list, which may be empty, as of {@link #floatNumber(String)}. */
  public List<Float> floatNumbers(String name) {
    return required(name).list("a list of numbers", JsonValue::floatNumber);
  }

  /** Numbers in lists, nested or not, in a field that {@link Json#request} was told of. */
  public JsonTensor tensor(String name) {
    return required(name).tensor();
  }

  /** Whether the field's value is a list: for fields with two forms. */
  public boolean isList(String name) {
    return required(name).value() instanceof List<?>;
  }

  /** Whether the field's value is an object: for fields with two forms. */
  public boolean isObject(String name) {
    return required(name).value() instanceof Map<?, ?>;
  }

  /** Whether the field's value is a whole number: for fields with two forms. */
  public boolean isWholeNumber(String name) {
    return required(name).isWholeNumber();
  }

  /** An object as JSON text again, for a reader that wants text. */
  public String objectText(String name) {
    return JsonWriter.textOf(required(name).fields());
  }

  /**
   * A complaint about a field.
   *
   * @param name the field; empty for the whole object
   * @param complaint what follows its path, such as " must be even"
   */
  public JsonException defect(String name, String complaint) {
    return new JsonException(source + ": " + under(name) + complaint, null);
  }

  /** A complaint that a field is not what is wanted, with what it is. */
  public JsonException wrong(String name, String wanted) {
    return value(name).wrong(wanted);
  }

  /**
   * A complaint that a text is none of those that are known, with the nearest.
   *
   * @param what what such a text is, such as "layer type"
   */
  public JsonException unknown(String name, String what, List<String> known) {
    String text = Quoted.printable(String.valueOf(fields.get(name)), JsonText.LONGEST_QUOTE);
    return defect(name, ": " + Suggestion.unknown(what, text, known));
  }

  /** Returns the value of a field that must be there. */
  private JsonValue required(String name) {
    if (!has(name)) {
      throw defect(name, " is missing");
    }
    return value(name);
  }

  private JsonValue value(String name) {
    return new JsonValue(source, under(name), fields.get(name));
  }

  private String under(String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
  }
}
