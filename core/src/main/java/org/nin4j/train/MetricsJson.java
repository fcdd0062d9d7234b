package org.nin4j.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The metrics of an epoch as JSON; double values survive unchanged. */
final class MetricsJson {
  private MetricsJson() {}

  static ObjectNode write(EpochMetrics metrics) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("epoch", metrics.epoch());
    json.put("train_loss", metrics.trainLoss());
    json.put("train_accuracy", metrics.trainAccuracy());
    json.put("test_loss", metrics.testLoss());
    json.put("test_accuracy", metrics.testAccuracy());
    json.put("images_per_second", metrics.imagesPerSecond());
    return json;
  }

  static EpochMetrics read(JsonNode json) {
    return new EpochMetrics(
        json.path("epoch").asInt(),
        json.path("train_loss").asDouble(),
        json.path("train_accuracy").asDouble(),
        json.path("test_loss").asDouble(),
        json.path("test_accuracy").asDouble(),
        json.path("images_per_second").asDouble());
  }
}
