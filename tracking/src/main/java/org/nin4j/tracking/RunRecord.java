package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.TextFile;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonException;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingResult;
import org.nin4j.train.TrainingSetup;

/**
 * The content of {@code run.json}.
 *
 * @param setup what identifies the training
 * @param environment where the run was started
 * @param status the status of the run
 * @param reason why the run failed, if it did
 * @param result the metrics of the last epoch, once the run has ended
 */
record RunRecord(
    TrainingSetup setup,
    Environment environment,
    Status status,
    Optional<String> reason,
    Optional<EpochMetrics> result) {
  static final String FILE = "run.json";

  private static final int LARGEST_FILE = 4; // MiB

  /** The status of a run. */
  enum Status {
    RUNNING,
    INTERRUPTED,
    FINISHED,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where and when a run was started.
   *
   * @param engine the description of the engine
   * @param java the version of Java
   * @param system the operating system and the processor architecture
   * @param started the time in ISO 8601
   */
  record Environment(String engine, String java, String system, String started) {
    static Environment now(String engine) {
      return new Environment(
          engine,
          Runtime.version().toString(),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          Instant.now().toString());
    }

    void write(JsonWriter json) {
      json.text("engine", engine);
      json.text("java", java);
      json.text("system", system);
      json.text("started", started);
    }

    static Environment read(JsonObject json) {
      return new Environment(
          json.text("engine"), json.text("java"), json.text("system"), json.text("started"));
    }
  }

  static RunRecord started(Started started) {
    return new RunRecord(
        started.setup(),
        Environment.now(started.engine()),
        Status.RUNNING,
        Optional.empty(),
        Optional.empty());
  }

  RunRecord resumed() {
    return new RunRecord(setup, environment, Status.RUNNING, Optional.empty(), result);
  }

  RunRecord ended(TrainingResult training) {
    List<EpochMetrics> history = training.history();
    return new RunRecord(
        setup,
        environment,
        training.interrupted() ? Status.INTERRUPTED : Status.FINISHED,
        Optional.empty(),
        history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1)));
  }

  RunRecord failed(Throwable cause) {
    String why = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    return new RunRecord(setup, environment, Status.FAILED, Optional.of(why), result);
  }

  void write(Path folder) throws IOException {
    String json =
        JsonWriter.indented(
            writer -> {
              writer.text("status", status.toString());
              reason.ifPresent(why -> writer.text("reason", why));
              result.ifPresent(
                  metrics -> writer.object("result", it -> MetricsJson.write(it, metrics)));
              writer.object("environment", environment::write);
              writer.object("setup", it -> SetupJson.write(it, setup));
            });
    AtomicFile.write(folder.resolve(FILE), json);
  }

  /**
   * Reads {@code run.json} in a folder.
   *
   * @throws InvalidFileException when the file is damaged
   * @throws IOException when the file cannot be read
   */
  static RunRecord read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      return Json.object(
          TextFile.read(file, LARGEST_FILE),
          file.toString(),
          "a run",
          json ->
              new RunRecord(
                  json.object("setup", it -> SetupJson.read(it, file + ": setup")),
                  json.object("environment", Environment::read),
                  json.choice("status", Status.class),
                  json.has("reason") ? Optional.of(json.text("reason")) : Optional.empty(),
                  json.optionalObject("result", MetricsJson::read)));
    } catch (JsonException e) {
      throw InvalidFileException.saying(file, e.getMessage(), e);
    }
  }
}
