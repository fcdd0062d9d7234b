package org.nin4j.bench.rival;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nin4j.Classifier;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;
import org.nin4j.engine.Precision;
import org.nin4j.io.Models;

/**
 * What servers are asked about, as files of a folder: the model, inputs of one image each, and the
 * logits that the model itself computes for them, in little-endian floats.
 */
public final class ServedFiles {
  /** How many different inputs there are. */
  public static final int INPUTS = 8;

  private static final String MODEL = "model.safetensors";

  private ServedFiles() {}

  /** The model's file. */
  public static Path model(Path folder) {
    return folder.resolve(MODEL);
  }

  /** The bytes of an input, (C, H, W) floats. */
  public static byte[] input(Path folder, int index) throws IOException {
    return Files.readAllBytes(folder.resolve(index + ".input"));
  }

  /** The bytes of the logits of an input. */
  public static byte[] logits(Path folder, int index) throws IOException {
    return Files.readAllBytes(folder.resolve(index + ".logits"));
  }

  /**
   * Writes all of them for a preset.
   *
   * @param precision of the logits
   */
  public static void write(Path folder, String network, int size, Precision precision)
      throws IOException {
    Files.createDirectories(folder);
    Exercise exercise = Exercise.of(task(network, size, INPUTS), false);
    Models.write(model(folder), exercise.model());
    int perImage = exercise.images().length / INPUTS;
    try (Classifier classifier =
        Classifier.builder(exercise.model()).precision(precision).build()) {
      for (int i = 0; i < INPUTS; i++) {
        float[] logits = new float[exercise.network().classes()];
        classifier.logits(exercise.images(), i * perImage, logits, 0);
        float[] input = Arrays.copyOfRange(exercise.images(), i * perImage, (i + 1) * perImage);
        Files.write(folder.resolve(i + ".input"), bytes(input));
        Files.write(folder.resolve(i + ".logits"), bytes(logits));
      }
    }
  }

  static Task task(String network, int size, int images) {
    return new Task(network, size, Work.INFERENCE, images);
  }

  static List<float[]> inputs(Path folder) throws IOException {
    List<float[]> inputs = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      inputs.add(floats(ByteBuffer.wrap(input(folder, i))));
    }
    return inputs;
  }

  /** The floats that little-endian bytes stand for. */
  public static float[] floats(ByteBuffer bytes) {
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  static byte[] bytes(float[] floats) {
    ByteBuffer bytes =
        ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return bytes.array();
  }
}
