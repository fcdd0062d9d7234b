package org.nin4j.io;

import java.util.List;
import org.nin4j.data.CenterCrop;
import org.nin4j.data.GlobalContrastNormalization;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.PreprocessingStep;
import org.nin4j.data.Resize;
import org.nin4j.data.ResizeShorterSide;
import org.nin4j.data.SubtractMean;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/**
 * The JSON form of preprocessing: an object with the channels and a list of steps, each with its
 * type and its values. The mean image of a SubtractMean is text in base64: 32-bit floats in the
 * order (C, H, W), the lowest byte first.
 */
public final class PreprocessingJson {
  private static final List<String> TYPES =
      List.of(
          "CenterCrop",
          "GlobalContrastNormalization",
          "Normalize",
          "Resize",
          "ResizeShorterSide",
          "SubtractMean");

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
          json.objects("steps", preprocessing.steps(), PreprocessingJson::write);
        });
  }

  private static void write(JsonWriter json, PreprocessingStep step) {
    json.text("type", step.getClass().getSimpleName());
    if (step instanceof CenterCrop crop) {
      json.number("height", crop.height());
      json.number("width", crop.width());
    } else if (step instanceof GlobalContrastNormalization contrast) {
      json.number("scale", contrast.scale());
    } else if (step instanceof Normalize normalize) {
      json.numbers("mean", normalize.mean());
      json.numbers("std", normalize.std());
    } else if (step instanceof Resize resize) {
      json.number("height", resize.height());
      json.number("width", resize.width());
      json.flag("antialias", resize.antialias());
    } else if (step instanceof ResizeShorterSide resize) {
      json.number("length", resize.length());
      json.flag("antialias", resize.antialias());
    } else if (step instanceof SubtractMean mean) {
      MeanJson.write(json, mean);
    }
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
        json.intNumber("channels"), json.objects("steps", PreprocessingJson::readStep));
  }

  private static PreprocessingStep readStep(JsonObject json) {
    return switch (json.text("type")) {
      case "CenterCrop" -> new CenterCrop(json.intNumber("height"), json.intNumber("width"));
      case "GlobalContrastNormalization" ->
          new GlobalContrastNormalization(json.doubleNumber("scale"));
      case "Normalize" -> new Normalize(json.floatNumbers("mean"), json.floatNumbers("std"));
      case "Resize" ->
          new Resize(json.intNumber("height"), json.intNumber("width"), json.flag("antialias"));
      case "ResizeShorterSide" ->
          new ResizeShorterSide(json.intNumber("length"), json.flag("antialias"));
      case "SubtractMean" -> MeanJson.read(json);
      default -> throw json.unknown("type", "preprocessing step", TYPES);
    };
  }
}
