package org.nin4j.io;

import java.util.OptionalInt;
import org.nin4j.data.Preprocessing;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/**
 * The JSON form of preprocessing: an object with the record's components as fields. {@code
 * antialias} and {@code shorter_side} are optional, because files of earlier versions do not have
 * them.
 */
public final class PreprocessingJson {
  private PreprocessingJson() {}

  /**
   * Writes preprocessing.
   *
   * @param preprocessing any preprocessing
   * @return a JSON object on one line
   */
  public static String write(Preprocessing preprocessing) {
    return JsonWriter.line(
        json -> {
          json.number("channels", preprocessing.channels());
          json.number("height", preprocessing.height());
          json.number("width", preprocessing.width());
          json.numbers("mean", preprocessing.mean());
          json.numbers("std", preprocessing.std());
          if (preprocessing.antialias()) {
            json.flag("antialias", true);
          }
          if (preprocessing.shorterSide().isPresent()) {
            json.number("shorter_side", preprocessing.shorterSide().getAsInt());
          }
        });
  }

  /**
   * Reads preprocessing.
   *
   * @param json a JSON object
   * @param source the name of the text in messages
   * @return the preprocessing
   * @throws IllegalArgumentException when the text is not what {@link #write} writes
   */
  public static Preprocessing read(String json, String source) {
    return Json.object(json, source, "preprocessing", PreprocessingJson::read);
  }

  private static Preprocessing read(JsonObject json) {
    return new Preprocessing(
        json.intNumber("channels"),
        json.intNumber("height"),
        json.intNumber("width"),
        json.floatNumbers("mean"),
        json.floatNumbers("std"),
        json.flag("antialias", false),
        json.has("shorter_side")
            ? OptionalInt.of(json.intNumber("shorter_side"))
            : OptionalInt.empty());
  }
}
