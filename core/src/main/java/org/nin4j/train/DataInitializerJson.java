package org.nin4j.train;

import java.util.List;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/** The JSON form of a data initializer: an object with its type and the record's components. */
final class DataInitializerJson {
  private static final List<String> TYPES = List.of("Lsuv", "Whitening");

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
    return switch (json.text("type")) {
      case "Lsuv" -> new Lsuv(json.intNumber("images"), json.doubleNumber("tolerance"));
      case "Whitening" -> new Whitening(json.intNumber("images"), json.doubleNumber("eps"));
      default -> throw json.unknown("type", "data initializer", TYPES);
    };
  }
}
