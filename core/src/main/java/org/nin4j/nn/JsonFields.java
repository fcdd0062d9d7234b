package org.nin4j.nn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The fields of one JSON object, read by type; every complaint names the source and the path of the
 * field in it.
 */
final class JsonFields {
  private static final int LONGEST_QUOTE = 40;

  private final String source;
  private final String path;
  private final JsonNode node;

  private JsonFields(String source, String path, JsonNode node) {
    this.source = source;
    this.path = path;
    this.node = node;
  }

  static JsonFields root(String source, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          source
              + ": a network must be a JSON object with name, input and layers, but is "
              + quote(node));
    }
    return new JsonFields(source, "", node);
  }

  /** Refuses fields that are not in {@code known}: most are misspelt. */
  void allowOnly(String owner, List<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw defect(
                    name, " is not known: " + Suggestion.unknown(owner + " field", name, known));
              }
            });
  }

  String text(String name) {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw wrongType(name, "a text", value);
    }
    return value.textValue();
  }

  int wholeNumber(String name) {
    return positive(name, required(name));
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = node.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrongType(name, "true or false", value);
    }
    return value.booleanValue();
  }

  float number(String name, float otherwise) {
    JsonNode value = node.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw wrongType(name, "a number", value);
    }
    return value.floatValue();
  }

  Size2d size(String name, int minimum) {
    return size(name, minimum, required(name));
  }

  Size2d size(String name, int minimum, Size2d otherwise) {
    JsonNode value = node.get(name);
    return value == null ? otherwise : size(name, minimum, value);
  }

  private Size2d size(String name, int minimum, JsonNode value) {
    if (value.isInt()) {
      return checked(name, minimum, value.intValue(), value.intValue());
    }
    if (value.isArray() && value.size() == 2 && value.get(0).isInt() && value.get(1).isInt()) {
      return checked(name, minimum, value.get(0).intValue(), value.get(1).intValue());
    }
    throw wrongType(name, "a whole number or [height, width]", value);
  }

  private Size2d checked(String name, int minimum, int height, int width) {
    if (height < minimum || width < minimum) {
      throw defect(name, " must be at least " + minimum + ", but is " + quote(node.get(name)));
    }
    return naming(name, () -> new Size2d(height, width));
  }

  /** (1, C, H, W) out of [C, H, W]. */
  Shape image(String name) {
    JsonNode value = required(name);
    if (!value.isArray() || value.size() != 3) {
      throw wrongType(name, "[channels, height, width]", value);
    }
    int channels = positive(name + "[0]", value.get(0));
    int height = positive(name + "[1]", value.get(1));
    int width = positive(name + "[2]", value.get(2));
    return naming(name, () -> Shape.of(1, channels, height, width));
  }

  /** The objects of a list that is not empty. */
  List<JsonFields> objects(String name) {
    JsonNode value = required(name);
    if (!value.isArray()) {
      throw wrongType(name, "a list of layers", value);
    }
    if (value.isEmpty()) {
      throw defect(name, " needs at least one layer");
    }
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode each : value) {
      String place = name + "[" + objects.size() + "]";
      if (!each.isObject()) {
        throw wrongType(place, "an object such as {\"type\": \"ReLU\"}", each);
      }
      objects.add(new JsonFields(source, under(place), each));
    }
    return objects;
  }

  /** Builds a value; what its constructor has to say against it is told with this path. */
  <T> T naming(Supplier<T> constructor) {
    return naming("", constructor);
  }

  private <T> T naming(String name, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (Defect e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new Defect(source + ": " + under(name) + " cannot be built: " + e.getMessage(), e);
    }
  }

  IllegalArgumentException defect(String name, String complaint) {
    return new Defect(source + ": " + under(name) + complaint, null);
  }

  private IllegalArgumentException wrongType(String name, String wanted, JsonNode value) {
    return defect(name, " must be " + wanted + ", but is " + quote(value));
  }

  private JsonNode required(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw defect(name, " is missing");
    }
    return value;
  }

  private int positive(String name, JsonNode value) {
    if (!value.isInt()) {
      throw wrongType(name, "a whole number from 1 to " + Integer.MAX_VALUE, value);
    }
    if (value.intValue() < 1) {
      throw defect(name, " must be at least 1, but is " + value.intValue());
    }
    return value.intValue();
  }

  private String under(String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
  }

  private static String quote(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
  }

  /** A complaint that already names source and path. */
  private static final class Defect extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Defect(String message, IllegalArgumentException cause) {
      super(message, cause);
    }
  }
}
