package org.nin4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;

/**
 * What makes two trainings the same one: with equal setups and engines they compute the same bits,
 * on any number of threads.
 *
 * @param data where the images came from, as the user wrote it: a name or a folder
 * @param fingerprint of the images and labels themselves
 */
public record TrainingSetup(
    Network network,
    Recipe recipe,
    long seed,
    Precision precision,
    String data,
    String fingerprint) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As JSON. */
  ObjectNode toJson() throws JsonProcessingException {
    ObjectNode json = JSON.createObjectNode();
    json.put("data", data);
    json.put("fingerprint", fingerprint);
    json.put("seed", seed);
    json.put("precision", precision.toString());
    json.set("recipe", RecipeJson.write(recipe));
    json.set("network", JSON.readTree(NetworkJson.write(network)));
    return json;
  }

  /**
   * Reads what {@link #toJson} writes.
   *
   * @throws IOException when it is something else
   */
  static TrainingSetup fromJson(JsonNode json, String source) throws IOException {
    for (String field :
        new String[] {"data", "fingerprint", "seed", "precision", "recipe", "network"}) {
      if (!json.has(field)) {
        throw new IOException(source + ": field '" + field + "' is missing");
      }
    }
    try {
      return new TrainingSetup(
          NetworkJson.read(json.get("network").toString(), source),
          RecipeJson.read(json.get("recipe").toString()),
          json.get("seed").asLong(),
          json.get("precision").asText().equals("bf16") ? Precision.BF16 : Precision.FP32,
          json.get("data").asText(),
          json.get("fingerprint").asText());
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    }
  }

  /** In which respect another training differs from this one, in words; null when in none. */
  String differenceTo(TrainingSetup other) {
    if (!network.equals(other.network)) {
      return "another network";
    }
    if (!recipe.equals(other.recipe)) {
      return "another recipe";
    }
    if (seed != other.seed) {
      return "seed " + other.seed + " instead of " + seed;
    }
    if (precision != other.precision) {
      return "precision " + other.precision + " instead of " + precision;
    }
    return fingerprint.equals(other.fingerprint) ? null : "other images";
  }
}
