package org.nin4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nin4j.internal.AtomicFile;
import org.nin4j.io.ModelFile;

/**
 * What a training leaves on disk: {@code run.json} (what was run, and how it ended), {@code
 * metrics.csv} (a line an epoch), {@code model.safetensors}, and checkpoints. Each file is written
 * whole or not at all.
 */
public final class RunFolder implements TrainingListener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "model.safetensors";
  private static final String METRICS = "metrics.csv";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * A new folder, or an empty one.
   *
   * @throws IOException when it cannot be made or written, or holds a run already
   */
  public static RunFolder create(Path path) throws IOException {
    try {
      Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(path + ": is a file; name a folder for the run", e);
    } catch (IOException e) {
      throw new IOException(path + ": the folder cannot be made there; choose another place", e);
    }
    for (String file : List.of("run.json", METRICS, MODEL)) {
      if (Files.exists(path.resolve(file))) {
        throw new IOException(
            path + ": holds a run already (" + file + "); resume it, or name another folder");
      }
    }
    return new RunFolder(path);
  }

  /**
   * The folder of a run that was begun before.
   *
   * @throws IOException when it is none
   */
  public static RunFolder open(Path path) throws IOException {
    if (!Files.isRegularFile(path.resolve("run.json"))) {
      throw new IOException(path + ": is not a run folder (there is no run.json in it)");
    }
    return new RunFolder(path);
  }

  public Path path() {
    return path;
  }

  /** Where the model is, once a training has ended. */
  public Path model() {
    return path.resolve(MODEL);
  }

  /**
   * Records what is run.
   *
   * @param environment further facts: engine, threads, versions
   */
  public void begin(TrainingSetup setup, Map<String, String> environment) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.set("setup", setup.toJson());
    ObjectNode facts = json.putObject("environment");
    environment.forEach(facts::put);
    json.put("status", "running");
    write(json);
  }

  /**
   * What was run.
   *
   * @throws IOException when run.json is damaged
   */
  public TrainingSetup setup() throws IOException {
    return TrainingSetup.fromJson(read().path("setup"), path.resolve("run.json").toString());
  }

  /** Rewrites metrics.csv: a resumed run may have lost lines, or have lines too many. */
  @Override
  public void onStart(List<EpochMetrics> history) throws IOException {
    writeMetrics(history);
  }

  @Override
  public void onEpoch(List<EpochMetrics> history) throws IOException {
    writeMetrics(history);
  }

  private void writeMetrics(List<EpochMetrics> history) throws IOException {
    StringBuilder csv =
        new StringBuilder(
            "epoch,train_loss,train_accuracy,test_loss,test_accuracy,images_per_second\n");
    for (EpochMetrics epoch : history) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%.6f,%.6f,%.1f\n",
              epoch.epoch(),
              epoch.trainLoss(),
              epoch.trainAccuracy(),
              epoch.testLoss(),
              epoch.testAccuracy(),
              epoch.imagesPerSecond()));
    }
    AtomicFile.write(path.resolve(METRICS), csv.toString());
  }

  /** Writes the model and how it ended. */
  public void finish(TrainingResult result) throws IOException {
    ModelFile.write(model(), result.model());
    ObjectNode json = (ObjectNode) read();
    json.put("status", result.interrupted() ? "interrupted" : "finished");
    json.remove("reason");
    if (!result.history().isEmpty()) {
      json.set("result", MetricsJson.write(result.history().get(result.history().size() - 1)));
    }
    write(json);
  }

  /** Records why a training could not go on. */
  public void fail(String reason) throws IOException {
    ObjectNode json = (ObjectNode) read();
    json.put("status", "failed");
    json.put("reason", reason);
    write(json);
  }

  private JsonNode read() throws IOException {
    Path file = path.resolve("run.json");
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": is not JSON (" + e.getOriginalMessage() + ")", e);
    } catch (FileNotFoundException e) {
      throw new IOException(file + ": no such file", e);
    }
    throw new IOException(file + ": is not a run's record");
  }

  private void write(ObjectNode json) throws IOException {
    AtomicFile.write(path.resolve("run.json"), json.toPrettyString() + "\n");
  }
}
