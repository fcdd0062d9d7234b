package org.nin4j.tracking.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.engine.StepProfile;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.TextFile;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonException;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.TrainingProfile;

/**
 * Where the time of a training step goes: the content of {@code profile.json}.
 *
 * @param batchSize number of images in a step
 * @param threads number of threads that share a step
 * @param steps number of steps that were measured
 * @param parts the parts of a step
 */
record StepTimes(int batchSize, int threads, long steps, List<Part> parts) {
  private static final String FILE = "profile.json";

  private static final int LARGEST_FILE = 16; // MiB

  StepTimes {
    parts = List.copyOf(parts);
  }

  /**
   * A part of a step.
   *
   * @param name a layer, such as {@code 2.0 Conv2d}, or what else is done
   * @param work what is done for the layer, such as {@code backward data}
   * @param milliseconds the mean time in a step, of all threads together
   */
  record Part(String name, String work, double milliseconds) {}

  static StepTimes of(TrainingProfile profile) {
    List<Part> parts = new ArrayList<>();
    for (StepProfile step : profile.layers()) {
      parts.add(
          new Part(
              (step.layer() + " " + step.kind()).strip(),
              step.work() + (step.isReorder() ? " reorder" : ""),
              profile.milliseconds(step)));
    }
    profile
        .parts()
        .keySet()
        .forEach(part -> parts.add(new Part(part.toString(), "", profile.milliseconds(part))));
    parts.removeIf(part -> part.milliseconds() <= 0);
    return new StepTimes(profile.batchSize(), profile.threads(), profile.steps(), parts);
  }

  /** Returns the mean time of a step, of all threads together. */
  double milliseconds() {
    return parts.stream().mapToDouble(Part::milliseconds).sum();
  }

  void write(Path folder) throws IOException {
    AtomicFile.write(folder.resolve(FILE), JsonWriter.indented(this::write));
  }

  void write(JsonWriter json) {
    json.number("batch_size", batchSize);
    json.number("threads", threads);
    json.number("steps", steps);
    json.objects(
        "parts",
        parts,
        (fields, part) -> {
          fields.text("name", part.name());
          fields.text("work", part.work());
          fields.number("milliseconds", part.milliseconds());
        });
  }

  /**
   * Reads what {@link #write(Path)} wrote.
   *
   * @return empty when there is no such file
   * @throws InvalidFileException when the file is damaged
   * @throws IOException when the file cannot be read
   */
  static Optional<StepTimes> in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Json.object(
              TextFile.read(file, LARGEST_FILE), file.toString(), "a profile", StepTimes::read));
    } catch (JsonException e) {
      throw InvalidFileException.saying(file, e.getMessage(), e);
    }
  }

  private static StepTimes read(JsonObject json) {
    return new StepTimes(
        json.intAtLeast("batch_size", 1),
        json.intAtLeast("threads", 1),
        json.longNumber("steps"),
        json.objects(
            "parts",
            part ->
                new Part(part.text("name"), part.text("work"), part.doubleNumber("milliseconds"))));
  }
}
