package org.nin4j.train;

import java.util.List;
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
          json.object("optimizer", fields -> write(fields, recipe.optimizer()));
          json.object("schedule", fields -> write(fields, recipe.schedule()));
          json.number("epochs", recipe.epochs());
          json.number("batch_size", recipe.batchSize());
          json.number("shards", recipe.shards());
          if (Double.isFinite(recipe.clipNorm())) {
            json.number("clip_norm", recipe.clipNorm());
          }
          json.objects("augmentations", recipe.augmentations(), AugmentationJson::write);
          recipe
              .mixing()
              .ifPresent(mixing -> json.object("mixing", fields -> write(fields, mixing)));
          json.flag("normalize", recipe.normalize());
          json.number("label_smoothing", recipe.labelSmoothing());
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
    RecipeBuilder builder =
        Recipe.builder(json.text("name"))
            .initializer(json.choice("initializer", Initializer.class))
            .optimizer(json.object("optimizer", RecipeJson::optimizer))
            .schedule(json.object("schedule", RecipeJson::schedule))
            .epochs(json.intNumber("epochs"))
            .batchSize(json.intNumber("batch_size"))
            .shards(json.intNumber("shards"));
    if (json.has("clip_norm")) {
      builder.clipNorm(json.doubleNumber("clip_norm"));
    }
    json.optionalObject("mixing", RecipeJson::mixing).ifPresent(builder::mixing);
    if (json.has("patience")) {
      builder.patience(json.intNumber("patience"));
    }
    return builder
        .augmentations(json.objects("augmentations", AugmentationJson::read))
        .normalize(json.flag("normalize"))
        .labelSmoothing(json.doubleNumber("label_smoothing"))
        .build();
  }

  private static void write(JsonWriter json, Mixing mixing) {
    json.text("type", mixing instanceof CutMix ? CUT_MIX : MIXUP);
    json.number("alpha", mixing.alpha());
  }

  private static Mixing mixing(JsonObject json) {
    return switch (json.text("type")) {
      case CUT_MIX -> new CutMix(json.doubleNumber("alpha"));
      case MIXUP -> new Mixup(json.doubleNumber("alpha"));
      default -> throw json.unknown("type", "mixing", List.of(CUT_MIX, MIXUP));
    };
  }

  private static void write(JsonWriter json, OptimizerConfig optimizer) {
    if (optimizer instanceof OptimizerConfig.Sgd sgd) {
      json.text("type", "SGD");
      json.number("momentum", sgd.momentum());
      json.flag("nesterov", sgd.nesterov());
      json.number("weight_decay", sgd.weightDecay());
    } else if (optimizer instanceof OptimizerConfig.AdamW adamW) {
      json.text("type", "AdamW");
      json.number("beta1", adamW.beta1());
      json.number("beta2", adamW.beta2());
      json.number("eps", adamW.eps());
      json.number("weight_decay", adamW.weightDecay());
    }
  }

  private static OptimizerConfig optimizer(JsonObject json) {
    return switch (json.text("type")) {
      case "SGD" ->
          new OptimizerConfig.Sgd(
              json.floatNumber("momentum"),
              json.flag("nesterov"),
              json.floatNumber("weight_decay"));
      case "AdamW" ->
          new OptimizerConfig.AdamW(
              json.floatNumber("beta1"),
              json.floatNumber("beta2"),
              json.floatNumber("eps"),
              json.floatNumber("weight_decay"));
      default -> throw json.unknown("type", "optimizer", List.of("SGD", "AdamW"));
    };
  }

  private static void write(JsonWriter json, Schedule schedule) {
    if (schedule instanceof Schedule.Constant constant) {
      json.text("type", "Constant");
      json.number("learning_rate", constant.learningRate());
    } else if (schedule instanceof Schedule.Cosine cosine) {
      json.text("type", "Cosine");
      json.number("learning_rate", cosine.learningRate());
    } else if (schedule instanceof Schedule.ReduceOnPlateau plateau) {
      json.text("type", "ReduceOnPlateau");
      json.number("learning_rate", plateau.learningRate());
      json.number("factor", plateau.factor());
      json.number("patience", plateau.patience());
    } else if (schedule instanceof Schedule.WarmUp warmUp) {
      json.text("type", "WarmUp");
      json.number("part", warmUp.part());
      json.object("then", fields -> write(fields, warmUp.then()));
    }
  }

  private static Schedule schedule(JsonObject json) {
    return switch (json.text("type")) {
      case "Constant" -> new Schedule.Constant(json.doubleNumber("learning_rate"));
      case "Cosine" -> new Schedule.Cosine(json.doubleNumber("learning_rate"));
      case "ReduceOnPlateau" ->
          new Schedule.ReduceOnPlateau(
              json.doubleNumber("learning_rate"),
              json.doubleNumber("factor"),
              json.intNumber("patience"));
      case "WarmUp" ->
          new Schedule.WarmUp(json.doubleNumber("part"), json.object("then", RecipeJson::schedule));
      default ->
          throw json.unknown(
              "type", "schedule", List.of("Constant", "Cosine", "ReduceOnPlateau", "WarmUp"));
    };
  }
}
