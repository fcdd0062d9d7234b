package org.nin4j.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.data.CutMix;
import org.nin4j.data.Mixing;
import org.nin4j.data.Mixup;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/** Writes and reads recipes as JSON, as they are kept in run folders, checkpoints and models. */
public final class RecipeJson {
  private static final String CUT_MIX = "CutMix";
  private static final String MIXUP = "Mixup";

  private static final List<String> FIELDS =
      List.of(
          "name",
          "initializer",
          "data_initializers",
          "optimizer",
          "parameter_groups",
          "schedule",
          "epochs",
          "batch_size",
          "shards",
          "drop_last",
          "balance",
          "clip_norm",
          "augmentations",
          "mixing",
          "resizing",
          "normalization",
          "label_smoothing",
          "ema_decay",
          "patience");

  /** The fields of each type of mixing, without {@code type}. */
  private static final Map<String, List<String>> MIXING_FIELDS =
      new TreeMap<>(Map.of(CUT_MIX, List.of("alpha"), MIXUP, List.of("alpha")));

  private RecipeJson() {}

  /**
   * Writes a recipe as one line of JSON. Reading it gives an equal recipe.
   *
   * @param recipe the recipe
   * @return the JSON text
   */
  public static String write(Recipe recipe) {
    return JsonWriter.line(
        json -> {
          json.text("name", recipe.name());
          json.text("initializer", recipe.initializer().toString());
          json.objects("data_initializers", recipe.dataInitializers(), DataInitializerJson::write);
          json.object("optimizer", fields -> OptimizerJson.write(fields, recipe.optimizer()));
          json.objects("parameter_groups", recipe.parameterGroups(), OptimizerJson::write);
          json.object("schedule", fields -> ScheduleJson.write(fields, recipe.schedule()));
          json.number("epochs", recipe.epochs());
          json.number("batch_size", recipe.batchSize());
          json.number("shards", recipe.shards());
          json.flag("drop_last", recipe.dropLast());
          json.text("balance", recipe.balance().toString());
          if (Double.isFinite(recipe.clipNorm())) {
            json.number("clip_norm", recipe.clipNorm());
          }
          json.objects("augmentations", recipe.augmentations(), AugmentationJson::write);
          recipe
              .mixing()
              .ifPresent(mixing -> json.object("mixing", fields -> write(fields, mixing)));
          json.text("resizing", recipe.resizing().toString());
          json.text("normalization", recipe.normalization().toString());
          json.number("label_smoothing", recipe.labelSmoothing());
          recipe.emaDecay().ifPresent(decay -> json.number("ema_decay", decay));
          recipe.patience().ifPresent(patience -> json.number("patience", patience));
        });
  }

  /**
   * Reads a recipe from JSON, which {@link #write} or a person wrote.
   *
   * @param json the JSON text
   * @param source the name of the text in messages, such as a file's path
   * @return the recipe
   * @throws IllegalArgumentException when the text is not a valid recipe; the message names the
   *     source and the path of the field, such as {@code optimizer.momentum}
   */
  public static Recipe read(String json, String source) {
    return Json.object(json, source, "a recipe", RecipeJson::read);
  }

  private static Recipe read(JsonObject json) {
    json.allowOnly("recipe", FIELDS);
    RecipeBuilder builder =
        Recipe.builder(json.text("name"))
            .initializer(json.choice("initializer", Initializer.class))
            .dataInitializers(json.objects("data_initializers", DataInitializerJson::read))
            .optimizer(json.object("optimizer", OptimizerJson::read))
            .parameterGroups(json.objects("parameter_groups", OptimizerJson::group))
            .schedule(json.object("schedule", ScheduleJson::read))
            .epochs(json.intNumber("epochs"))
            .batchSize(json.intNumber("batch_size"))
            .shards(json.intNumber("shards"))
            .dropLast(json.flag("drop_last"))
            .balance(json.choice("balance", ClassBalance.class));
    if (json.has("clip_norm")) {
      builder.clipNorm(json.doubleNumber("clip_norm"));
    }
    json.optionalObject("mixing", RecipeJson::mixing).ifPresent(builder::mixing);
    if (json.has("ema_decay")) {
      builder.emaDecay(json.doubleNumber("ema_decay"));
    }
    if (json.has("patience")) {
      builder.patience(json.intNumber("patience"));
    }
    return builder
        .augmentations(json.objects("augmentations", AugmentationJson::read))
        .resizing(json.choice("resizing", Resizing.class))
        .normalization(json.choice("normalization", Normalization.class))
        .labelSmoothing(json.doubleNumber("label_smoothing"))
        .build();
  }

  private static void write(JsonWriter json, Mixing mixing) {
    json.text("type", mixing instanceof CutMix ? CUT_MIX : MIXUP);
    json.number("alpha", mixing.alpha());
  }

  private static Mixing mixing(JsonObject json) {
    return switch (json.type("mixing", MIXING_FIELDS)) {
      case CUT_MIX -> new CutMix(json.doubleNumber("alpha"));
      case MIXUP -> new Mixup(json.doubleNumber("alpha"));
      default -> throw new AssertionError(json.text("type"));
    };
  }
}
