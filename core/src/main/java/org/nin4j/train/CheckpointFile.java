package org.nin4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.Weights;
import org.nin4j.io.NamedTensor;
import org.nin4j.io.SafeTensors;

/**
 * One checkpoint: a safetensors file with the weights under their names, the optimizer's moments
 * under {@code optimizer.KIND.NAME}, and the rest of the state as JSON in its metadata.
 */
final class CheckpointFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final TrainingSetup setup;
  private final JsonNode state;
  private final Map<String, float[]> tensors = new HashMap<>();

  private CheckpointFile(Path path, SafeTensors file) throws IOException {
    this.path = path;
    try {
      setup = TrainingSetup.fromJson(JSON.readTree(metadata(file, "setup")), path.toString());
      state = JSON.readTree(metadata(file, "state"));
    } catch (JsonProcessingException e) {
      throw new IOException(path + ": its metadata are not readable as a checkpoint's", e);
    }
    for (NamedTensor tensor : file.tensors()) {
      tensors.put(tensor.name(), tensor.values());
    }
  }

  static CheckpointFile read(Path path) throws DamagedCheckpointException {
    try {
      return new CheckpointFile(path, SafeTensors.read(path));
    } catch (IOException e) {
      throw new DamagedCheckpointException(e.getMessage(), e);
    }
  }

  private String metadata(SafeTensors file, String key) throws IOException {
    String value = file.metadata().get(key);
    if (value == null) {
      throw new IOException(path + ": is not a checkpoint (no '" + key + "' in its metadata)");
    }
    return value;
  }

  TrainingSetup setup() {
    return setup;
  }

  static void write(Path path, TrainingSetup setup, TrainingState state) throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    add(tensors, "", state.weights);
    state
        .optimizer
        .moments()
        .forEach((kind, moments) -> add(tensors, "optimizer." + kind + ".", moments));
    ObjectNode json = JSON.createObjectNode();
    json.put("optimizer_steps", state.optimizer.steps());
    json.put("batch", state.batch);
    json.put("loss_sum", Double.toHexString(state.lossSum));
    json.put("correct", state.correct);
    json.put("images", state.images);
    ArrayNode history = json.putArray("history");
    state.history.forEach(epoch -> history.add(MetricsJson.write(epoch)));
    Map<String, String> metadata = new HashMap<>();
    metadata.put("format", "nin4j-checkpoint");
    metadata.put("setup", setup.toJson().toString());
    metadata.put("state", json.toString());
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

  /** Overwrites a fresh state of the same setup. */
  void copyTo(TrainingState target) throws DamagedCheckpointException {
    copy("", target.weights);
    for (Map.Entry<String, Weights> moments : target.optimizer.moments().entrySet()) {
      copy("optimizer." + moments.getKey() + ".", moments.getValue());
    }
    target.optimizer.resumeAt(state.path("optimizer_steps").asLong());
    target.history.clear();
    state.path("history").forEach(epoch -> target.history.add(MetricsJson.read(epoch)));
    target.batch = state.path("batch").asInt();
    target.lossSum = lossSum();
    target.correct = state.path("correct").asLong();
    target.images = state.path("images").asLong();
  }

  private double lossSum() throws DamagedCheckpointException {
    try {
      return Double.parseDouble(state.path("loss_sum").asText());
    } catch (NumberFormatException e) {
      throw new DamagedCheckpointException(path + ": its loss is no number", e);
    }
  }

  private void copy(String prefix, Weights target) throws DamagedCheckpointException {
    for (int i = 0; i < target.count(); i++) {
      String name = prefix + target.parameters().get(i).name();
      float[] values = tensors.get(name);
      if (values == null || values.length != target.values(i).length) {
        throw new DamagedCheckpointException(
            path + ": tensor '" + name + "' is missing or has another shape", null);
      }
      System.arraycopy(values, 0, target.values(i), 0, values.length);
    }
  }
}
