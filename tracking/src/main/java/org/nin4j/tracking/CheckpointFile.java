package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonException;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.NamedTensor;
import org.nin4j.io.SafeTensors;
import org.nin4j.nn.Parameter;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.TrainingSetup;

/**
 * Writes and reads checkpoint files: safetensors files with the weights under their names, the
 * optimizer's moments under {@code optimizer.KIND.NAME}, and the rest as JSON in the metadata.
 */
public final class CheckpointFile {
  private static final String FORMAT = "nin4j-checkpoint";

  private CheckpointFile() {}

  /**
   * Writes a checkpoint, or replaces it, in one step: after a crash or an error the file holds the
   * old content or the new, never a part.
   *
   * @param path the file; its folder must exist
   * @param checkpoint the checkpoint
   * @throws IOException when the file cannot be written: one sentence that starts with the path
   */
  public static void write(Path path, Checkpoint checkpoint) throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    add(tensors, "", checkpoint.weights());
    checkpoint
        .moments()
        .forEach((kind, moments) -> add(tensors, "optimizer." + kind + ".", moments));
    Map<String, String> metadata = new HashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("setup", JsonWriter.line(json -> SetupJson.write(json, checkpoint.setup())));
    metadata.put("state", JsonWriter.line(json -> CheckpointState.of(checkpoint).write(json)));
    SafeTensors.write(path, metadata, tensors);
  }

  private static void add(List<NamedTensor> tensors, String prefix, Weights weights) {
    for (int i = 0; i < weights.count(); i++) {
      tensors.add(
          NamedTensor.of(
              prefix + weights.parameters().get(i).name(),
              weights.parameters().get(i).shape(),
              weights.values(i)));
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @param path a regular file
   * @return the checkpoint
   * @throws InvalidFileException when the file is damaged or not a checkpoint
   * @throws IOException when the file cannot be read
   */
  public static Checkpoint read(Path path) throws IOException {
    SafeTensors file = SafeTensors.read(path);
    TrainingSetup setup =
        metadata(file, path, "setup", json -> SetupJson.read(json, path + ": setup"));
    CheckpointState state = metadata(file, path, "state", CheckpointState::read);
    Map<String, float[]> tensors = new HashMap<>();
    for (NamedTensor tensor : file.tensors()) {
      tensors.put(tensor.name(), tensor.values());
    }
    // before memory is allocated for a network that the file only talks of
    for (Parameter parameter : setup.network().parameters()) {
      requireValues(path, tensors, parameter.name(), parameter.size());
    }
    Weights weights = Weights.zeros(setup.network());
    fill(path, tensors, "", weights);
    Map<String, Weights> moments = setup.createOptimizer().moments();
    for (Map.Entry<String, Weights> each : moments.entrySet()) {
      fill(path, tensors, "optimizer." + each.getKey() + ".", each.getValue());
    }
    return new Checkpoint(
        setup,
        weights,
        moments,
        state.optimizerSteps(),
        state.schedule(),
        state.history(),
        state.epoch());
  }

  private static <T> T metadata(
      SafeTensors file, Path path, String key, Function<JsonObject, T> reader) throws IOException {
    String text = file.metadata().get(key);
    if (text == null) {
      throw new InvalidFileException(
          path, "is not a checkpoint (no '" + key + "' in its metadata)", null);
    }
    try {
      return Json.object(text, path + ": " + key, "a checkpoint's " + key, reader);
    } catch (JsonException e) {
      throw InvalidFileException.saying(path, e.getMessage(), e);
    }
  }

  private static void fill(Path path, Map<String, float[]> tensors, String prefix, Weights target)
      throws IOException {
    for (int i = 0; i < target.count(); i++) {
      String name = prefix + target.parameters().get(i).name();
      float[] values = requireValues(path, tensors, name, target.values(i).length);
      System.arraycopy(values, 0, target.values(i), 0, values.length);
    }
  }

  private static float[] requireValues(
      Path path, Map<String, float[]> tensors, String name, long count) throws IOException {
    float[] values = tensors.get(name);
    if (values == null || values.length != count) {
      throw new InvalidFileException(
          path, "tensor '" + name + "' is missing or has another shape", null);
    }
    return values;
  }
}
