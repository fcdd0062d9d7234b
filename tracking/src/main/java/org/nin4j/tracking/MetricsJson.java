package org.nin4j.tracking;

import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.EpochMetrics;

/** Writes and reads the metrics of an epoch as JSON, which keeps all bits of the numbers. */
final class MetricsJson {
  private MetricsJson() {}

  static void write(JsonWriter json, EpochMetrics metrics) {
    json.number("epoch", metrics.epoch());
    json.number("train_loss", metrics.trainLoss());
    json.number("train_accuracy", metrics.trainAccuracy());
    json.number("test_loss", metrics.testLoss());
    json.number("test_accuracy", metrics.testAccuracy());
    json.number("images_per_second", metrics.imagesPerSecond());
  }

  static EpochMetrics read(JsonObject json) {
    return new EpochMetrics(
        json.intAtLeast("epoch", 1),
        json.doubleNumber("train_loss"),
        json.doubleNumber("train_accuracy"),
        json.doubleNumber("test_loss"),
        json.doubleNumber("test_accuracy"),
        json.doubleNumber("images_per_second"));
  }
}
