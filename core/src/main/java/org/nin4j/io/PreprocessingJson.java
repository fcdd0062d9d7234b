package org.nin4j.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nin4j.data.Preprocessing;

/** The JSON form of preprocessing: an object with the record's components as fields. */
final class PreprocessingJson {
  private static final Set<String> FIELDS = Set.of("channels", "height", "width", "mean", "std");

  private PreprocessingJson() {}

  static ObjectNode write(Preprocessing preprocessing) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("channels", preprocessing.channels());
    json.put("height", preprocessing.height());
    json.put("width", preprocessing.width());
    ArrayNode mean = json.putArray("mean");
    preprocessing.mean().forEach(value -> mean.add(finite(value, "mean")));
    ArrayNode std = json.putArray("std");
    preprocessing.std().forEach(value -> std.add(finite(value, "std")));
    return json;
  }

  /**
   * @throws IllegalArgumentException when it is not what {@link #write} writes
   */
  static Preprocessing read(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("it must be an object");
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("unknown field " + Quoted.text(name));
              }
            });
    return new Preprocessing(
        count(json, "channels"),
        count(json, "height"),
        count(json, "width"),
        floats(json, "mean"),
        floats(json, "std"));
  }

  private static int count(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException("field '" + field + "' must be a whole number");
    }
    return value.intValue();
  }

  private static List<Float> floats(JsonNode json, String field) {
    JsonNode array = json.path(field);
    if (!array.isArray()) {
      throw new IllegalArgumentException("field '" + field + "' must be an array of numbers");
    }
    List<Float> floats = new ArrayList<>();
    for (JsonNode value : array) {
      if (!value.isNumber()) {
        throw new IllegalArgumentException("field '" + field + "' must be an array of numbers");
      }
      // From the digits: by way of a double the last bit could differ.
      floats.add(finite(Float.parseFloat(value.decimalValue().toString()), field));
    }
    return floats;
  }

  private static float finite(float value, String field) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("'" + field + "' must be finite, but is " + value);
    }
    return value;
  }
}
