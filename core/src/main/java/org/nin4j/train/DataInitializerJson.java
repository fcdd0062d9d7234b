package org.nin4j.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/** The JSON form of a data initializer: an object with its type and the record's components. */
final class DataInitializerJson {
  /** The fields of each type, without {@code type}. */
  private static final Map<String, List<String>> FIELDS =
      new TreeMap<>(
          Map.of(
              "Lsuv", List.of("images", "tolerance"),
              "Whitening", List.of("images", "eps")));

  private DataInitializerJson() {}

  static void write(JsonWriter json, DataInitializer initializer) {
    json.text("type", initializer.getClass().getSimpleName());
    json.number("images", initializer.images());
    if (initializer instanceof Lsuv lsuv) {
      json.number("tolerance", lsuv.tolerance());
    } else if (initializer instanceof Whitening whitening) {
      json.number("eps", whitening.eps());
    }
  }

  static DataInitializer read(JsonObject json) {
    return switch (json.type("data initializer", FIELDS)) {
      case "Lsuv" -> new Lsuv(json.intNumber("images"), json.doubleNumber("tolerance"));
      case "Whitening" -> new Whitening(json.intNumber("images"), json.doubleNumber("eps"));
      default -> throw new AssertionError(json.text("type"));
    };
  }
}
