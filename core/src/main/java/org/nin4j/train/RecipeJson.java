package org.nin4j.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.Augmentation;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.data.RandomShift;

/** A recipe as JSON: in run folders, checkpoints and models. */
final class RecipeJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecipeJson() {}

  static ObjectNode write(Recipe recipe) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", recipe.name());
    json.put("initializer", recipe.initializer().toString());
    ObjectNode optimizer = json.putObject("optimizer");
    if (recipe.optimizer() instanceof OptimizerConfig.Sgd sgd) {
      optimizer.put("type", "SGD");
      optimizer.put("momentum", sgd.momentum());
      optimizer.put("nesterov", sgd.nesterov());
      optimizer.put("weight_decay", sgd.weightDecay());
    } else if (recipe.optimizer() instanceof OptimizerConfig.AdamW adamW) {
      optimizer.put("type", "AdamW");
      optimizer.put("beta1", adamW.beta1());
      optimizer.put("beta2", adamW.beta2());
      optimizer.put("eps", adamW.eps());
      optimizer.put("weight_decay", adamW.weightDecay());
    }
    json.put("learning_rate", recipe.schedule().learningRate());
    json.put("warm_up", recipe.schedule().warmUp());
    json.put("cosine", recipe.schedule().cosine());
    json.put("epochs", recipe.epochs());
    json.put("batch_size", recipe.batchSize());
    json.put("shards", recipe.shards());
    json.put("image_size", recipe.imageSize());
    if (Double.isFinite(recipe.clipNorm())) {
      json.put("clip_norm", recipe.clipNorm());
    }
    json.put("horizontal_flips", false);
    json.put("max_shift", 0);
    for (Augmentation augmentation : recipe.augmentations()) {
      if (augmentation instanceof RandomHorizontalFlip) {
        json.put("horizontal_flips", true);
      } else if (augmentation instanceof RandomShift shift) {
        json.put("max_shift", shift.maxPixels());
      }
    }
    json.put("normalize", recipe.normalize());
    json.put("label_smoothing", recipe.labelSmoothing());
    return json;
  }

  /**
   * @throws IOException when it is not what {@link #write} writes
   */
  static Recipe read(String text) throws IOException {
    JsonNode json = JSON.readTree(text);
    try {
      return new Recipe(
          field(json, "name").asText(),
          initializer(field(json, "initializer").asText()),
          optimizer(field(json, "optimizer")),
          new Schedule(
              field(json, "learning_rate").asDouble(),
              field(json, "warm_up").asDouble(),
              field(json, "cosine").asBoolean()),
          field(json, "epochs").asInt(),
          field(json, "batch_size").asInt(),
          field(json, "shards").asInt(),
          field(json, "image_size").asInt(),
          json.has("clip_norm") ? json.get("clip_norm").asDouble() : Double.POSITIVE_INFINITY,
          augmentations(
              field(json, "horizontal_flips").asBoolean(), field(json, "max_shift").asInt()),
          field(json, "normalize").asBoolean(),
          field(json, "label_smoothing").asDouble());
    } catch (IllegalArgumentException e) {
      throw new IOException("the recipe is not usable: " + e.getMessage(), e);
    }
  }

  private static List<Augmentation> augmentations(boolean horizontalFlips, int maxShift) {
    List<Augmentation> augmentations = new ArrayList<>();
    if (horizontalFlips) {
      augmentations.add(new RandomHorizontalFlip());
    }
    if (maxShift != 0) {
      augmentations.add(new RandomShift(maxShift));
    }
    return augmentations;
  }

  private static Initializer initializer(String name) {
    for (Initializer initializer : Initializer.values()) {
      if (initializer.toString().equals(name)) {
        return initializer;
      }
    }
    throw new IllegalArgumentException("unknown initializer '" + name + "'");
  }

  private static OptimizerConfig optimizer(JsonNode json) {
    float weightDecay = (float) field(json, "weight_decay").asDouble();
    String type = field(json, "type").asText();
    if (type.equals("SGD")) {
      return new OptimizerConfig.Sgd(
          (float) field(json, "momentum").asDouble(),
          field(json, "nesterov").asBoolean(),
          weightDecay);
    }
    if (type.equals("AdamW")) {
      return new OptimizerConfig.AdamW(
          (float) field(json, "beta1").asDouble(),
          (float) field(json, "beta2").asDouble(),
          (float) field(json, "eps").asDouble(),
          weightDecay);
    }
    throw new IllegalArgumentException("unknown optimizer '" + type + "'");
  }

  private static JsonNode field(JsonNode json, String name) {
    JsonNode field = json.get(name);
    if (field == null) {
      throw new IllegalArgumentException("field '" + name + "' is missing");
    }
    return field;
  }
}
