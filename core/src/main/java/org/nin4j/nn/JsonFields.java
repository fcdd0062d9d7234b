package org.nin4j.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The fields of one JSON object, read by type; every complaint names the source and the path of the
 * field in it.
 */
final class JsonFields {
  private static final int LONGEST_QUOTE = 40;

  private final String source;
  private final String path;
  private final Map<?, ?> fields;

  private JsonFields(String source, String path, Map<?, ?> fields) {
    this.source = source;
    this.path = path;
    this.fields = fields;
  }

  static JsonFields root(String source, Object value) {
    if (value instanceof Map<?, ?> fields) {
      return new JsonFields(source, "", fields);
    }
    throw new IllegalArgumentException(
        source
            + ": a network must be a JSON object with name, input and layers, but is "
            + quote(value));
  }

  /** Refuses fields that are not in {@code known}: most are misspelt. */
  void allowOnly(String owner, List<String> known) {
    for (Object key : fields.keySet()) {
      if (!known.contains(key)) {
        String name = brief(key.toString());
        throw defect(name, ": " + Suggestion.unknown(owner + " field", name, known));
      }
    }
  }

  String text(String name) {
    if (required(name) instanceof String text) {
      return text;
    }
    throw wrongType(name, "a text", fields.get(name));
  }

  int wholeNumber(String name) {
    return positive(name, required(name));
  }

  boolean flag(String name, boolean otherwise) {
    if (!fields.containsKey(name)) {
      return otherwise;
    }
    if (fields.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrongType(name, "true or false", fields.get(name));
  }

  float number(String name, float otherwise) {
    if (!fields.containsKey(name)) {
      return otherwise;
    }
    if (fields.get(name) instanceof Number number) {
      return number.floatValue();
    }
    throw wrongType(name, "a number", fields.get(name));
  }

  Size2d size(String name, int minimum, Size2d otherwise) {
    return fields.containsKey(name) ? size(name, minimum) : otherwise;
  }

  Size2d size(String name, int minimum) {
    Object value = required(name);
    if (value instanceof Integer side) {
      return checked(name, minimum, side, side);
    }
    if (value instanceof List<?> pair
        && pair.size() == 2
        && pair.get(0) instanceof Integer height
        && pair.get(1) instanceof Integer width) {
      return checked(name, minimum, height, width);
    }
    throw wrongType(name, "a whole number or [height, width]", value);
  }

  private Size2d checked(String name, int minimum, int height, int width) {
    if (height < minimum || width < minimum) {
      throw defect(name, " must be at least " + minimum + ", but is " + quote(fields.get(name)));
    }
    return naming(name, () -> new Size2d(height, width));
  }

  /** (1, C, H, W) out of [C, H, W]. */
  Shape image(String name) {
    if (!(required(name) instanceof List<?> image) || image.size() != 3) {
      throw wrongType(name, "[channels, height, width]", fields.get(name));
    }
    int channels = positive(name + "[0]", image.get(0));
    int height = positive(name + "[1]", image.get(1));
    int width = positive(name + "[2]", image.get(2));
    return naming(name, () -> Shape.of(1, channels, height, width));
  }

  /** The objects of a list that is not empty. */
  List<JsonFields> objects(String name) {
    if (!(required(name) instanceof List<?> values)) {
      throw wrongType(name, "a list of layers", fields.get(name));
    }
    if (values.isEmpty()) {
      throw defect(name, " needs at least one layer");
    }
    List<JsonFields> objects = new ArrayList<>();
    for (Object each : values) {
      String place = name + "[" + objects.size() + "]";
      if (!(each instanceof Map<?, ?> object)) {
        throw wrongType(place, "an object such as {\"type\": \"ReLU\"}", each);
      }
      objects.add(new JsonFields(source, under(place), object));
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

  private IllegalArgumentException wrongType(String name, String wanted, Object value) {
    return defect(name, " must be " + wanted + ", but is " + quote(value));
  }

  private Object required(String name) {
    if (!fields.containsKey(name)) {
      throw defect(name, " is missing");
    }
    return fields.get(name);
  }

  private int positive(String name, Object value) {
    if (!(value instanceof Integer number)) {
      throw wrongType(name, "a whole number from 1 to " + Integer.MAX_VALUE, value);
    }
    if (number < 1) {
      throw defect(name, " must be at least 1, but is " + number);
    }
    return number;
  }

  private String under(String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
  }

  private static String quote(Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    String text = value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    return brief(text);
  }

  /** One short line of what a file says, for a message. */
  static String brief(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
  }

  /** A complaint that already names source and path. */
  private static final class Defect extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Defect(String message, IllegalArgumentException cause) {
      super(message, cause);
    }
  }
}
