package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.TextFile;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonException;
import org.nin4j.internal.json.JsonFields;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingSetup;

/**
 * The content of {@code run.json}.
 *
 * @param setup what identifies the training
 * @param environment where the run was started
 * @param data what the data set consists of
 * @param keptCheckpoints number of checkpoints that are kept, at least 1
 * @param progress what has become of the run so far
 */
public record RunRecord(
    TrainingSetup setup,
    RunEnvironment environment,
    DataManifest data,
    int keptCheckpoints,
    RunProgress progress) {
  private static final int LARGEST_FILE = 64; // MiB

  static RunRecord started(Started started, int keptCheckpoints) {
    return new RunRecord(
        started.setup(),
        RunEnvironment.now(started.engine()),
        new DataManifest(
            started.images(), started.leftOut().damaged().size(), started.leftOut().ignored()),
        keptCheckpoints,
        RunProgress.STARTED);
  }

  RunRecord with(RunProgress newProgress) {
    return new RunRecord(setup, environment, data, keptCheckpoints, newProgress);
  }

  RunRecord resumed(int newKeptCheckpoints) {
    return new RunRecord(setup, environment, data, newKeptCheckpoints, progress.resumed());
  }

  /**
   * Lists all fields by their paths in {@code run.json}, to show them or compare runs.
   *
   * @return the value in words of each path, such as {@code setup.seed}, in the order of the file
   */
  public Map<String, String> fields() {
    return JsonFields.of(json(), RunFiles.RECORD);
  }

  void write(RunFiles files) throws IOException {
    AtomicFile.write(files.record(), json());
  }

  private String json() {
    return JsonWriter.indented(
        writer -> {
          progress.write(writer);
          writer.number("keep_checkpoints", keptCheckpoints);
          writer.object("environment", environment::write);
          writer.object("images", data::write);
          writer.object("setup", it -> SetupJson.write(it, setup));
        });
  }

  /**
   * Reads {@code run.json} in a folder.
   *
   * @throws InvalidFileException when the file is damaged
   * @throws IOException when the file cannot be read
   */
  static RunRecord read(RunFiles files) throws IOException {
    Path file = files.record();
    try {
      return Json.object(
          TextFile.read(file, LARGEST_FILE), file.toString(), "a run", json -> read(json, file));
    } catch (JsonException e) {
      throw InvalidFileException.saying(file, e.getMessage(), e);
    }
  }

  private static RunRecord read(JsonObject json, Path file) {
    return new RunRecord(
        json.object("setup", it -> SetupJson.read(it, file + ": setup")),
        json.object("environment", RunEnvironment::read),
        json.object("images", DataManifest::read),
        json.intAtLeast("keep_checkpoints", 1),
        RunProgress.read(json));
  }
}
