package org.nin4j.tracking;

import java.util.Optional;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Score;

/** Writes and reads the metrics of an epoch as JSON, which preserves all bits of the numbers. */
final class MetricsJson {
  private MetricsJson() {}

  static void write(JsonWriter json, EpochMetrics metrics) {
    json.number("epoch", metrics.epoch());
    write(json, "train", metrics.train());
    metrics.validation().ifPresent(score -> write(json, "val", score));
    metrics.test().ifPresent(score -> write(json, "test", score));
    json.number("images_per_second", metrics.imagesPerSecond());
  }

  private static void write(JsonWriter json, String images, Score score) {
    json.number(images + "_loss", score.loss());
    json.number(images + "_accuracy", score.accuracy());
  }

  static EpochMetrics read(JsonObject json) {
    return new EpochMetrics(
        json.intAtLeast("epoch", 1),
        score(json, "train"),
        optional(json, "val"),
        optional(json, "test"),
        json.doubleNumber("images_per_second"));
  }

  private static Optional<Score> optional(JsonObject json, String images) {
    return json.has(images + "_loss") ? Optional.of(score(json, images)) : Optional.empty();
  }

  private static Score score(JsonObject json, String images) {
    return new Score(json.doubleNumber(images + "_loss"), json.doubleNumber(images + "_accuracy"));
  }
}
