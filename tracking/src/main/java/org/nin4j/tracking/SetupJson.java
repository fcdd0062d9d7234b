package org.nin4j.tracking;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.nin4j.data.DataOptions;
import org.nin4j.data.DataSource;
import org.nin4j.engine.Precision;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.PreprocessingJson;
import org.nin4j.nn.NetworkJson;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.Start;
import org.nin4j.train.TrainingSetup;

/** Writes and reads the setup of a training as JSON, for run.json and checkpoints. */
final class SetupJson {
  private SetupJson() {}

  static void write(JsonWriter json, TrainingSetup setup) {
    json.object("data", fields -> write(fields, setup.data()));
    json.text("fingerprint", setup.fingerprint());
    json.number("seed", setup.seed());
    json.text("precision", setup.precision().toString());
    json.raw("recipe", RecipeJson.write(setup.recipe()));
    json.raw("network", NetworkJson.write(setup.network()).strip());
    setup.start().ifPresent(start -> json.object("from", fields -> write(fields, start)));
    if (!setup.frozen().isEmpty()) {
      json.texts("frozen", List.copyOf(setup.frozen()));
    }
  }

  static void write(JsonWriter json, Start start) {
    start.model().ifPresent(model -> json.text("model", model));
    json.text("sha256", start.sha256());
    json.raw("preprocessing", PreprocessingJson.write(start.preprocessing()));
    json.texts("renewed", start.renewed());
  }

  private static Start start(JsonObject json, String source) {
    return new Start(
        json.has("model") ? Optional.of(json.text("model")) : Optional.empty(),
        json.text("sha256"),
        PreprocessingJson.read(json.objectText("preprocessing"), source + ".preprocessing"),
        json.texts("renewed"));
  }

  private static void write(JsonWriter json, DataSource source) {
    DataOptions options = source.options();
    json.text("name", source.name());
    json.number("channels", options.channels());
    options.validationPart().ifPresent(part -> json.number("validation_part", part));
    json.number("seed", options.seed());
    json.number("tolerated_damage", options.toleratedDamage());
  }

  private static DataSource dataSource(JsonObject json) {
    return new DataSource(
        json.text("name"),
        new DataOptions(
            json.intNumber("channels"),
            json.has("validation_part")
                ? OptionalDouble.of(json.doubleNumber("validation_part"))
                : OptionalDouble.empty(),
            json.longNumber("seed"),
            json.doubleNumber("tolerated_damage")));
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
        json.object("data", SetupJson::dataSource),
        json.text("fingerprint"),
        json.optionalObject("from", it -> start(it, source + ".from")),
        json.has("frozen") ? new LinkedHashSet<>(json.texts("frozen")) : Set.of());
  }
}
