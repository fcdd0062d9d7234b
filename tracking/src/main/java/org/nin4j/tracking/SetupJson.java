package org.nin4j.tracking;

import org.nin4j.engine.Precision;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.NetworkJson;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.TrainingSetup;

/** Writes and reads the setup of a training as JSON, for run.json and checkpoints. */
final class SetupJson {
  private SetupJson() {}

  static void write(JsonWriter json, TrainingSetup setup) {
    json.text("data", setup.data());
    json.text("fingerprint", setup.fingerprint());
    json.number("seed", setup.seed());
    json.text("precision", setup.precision().toString());
    json.raw("recipe", RecipeJson.write(setup.recipe()));
    json.raw("network", NetworkJson.write(setup.network()).strip());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param source the name of the object in messages, such as {@code runs/one/run.json: setup}
   */
  static TrainingSetup read(JsonObject json, String source) {
    return new TrainingSetup(
        NetworkJson.read(json.objectText("network"), source + ".network"),
        RecipeJson.read(json.objectText("recipe"), source + ".recipe"),
        json.longNumber("seed"),
        json.choice("precision", Precision.class),
        json.text("data"),
        json.text("fingerprint"));
  }
}
