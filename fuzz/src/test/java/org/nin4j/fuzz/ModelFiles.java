package org.nin4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.Models;

/** What holds for a model file of any format: as it is, and with options that say the rest. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Requires that bytes are described and read as models, or refused. A model is read the same
   * again after it was written in its format.
   *
   * @param file where the bytes are written; its extension is that of a format
   * @param options what the file does not say if it says nothing of a model but the weights
   * @throws IOException when the file cannot be written
   */
  public static void require(Path file, byte[] bytes, ImportOptions options) throws IOException {
    Untrusted.file(file, bytes, Models::describe);
    Optional<Model> whole = Untrusted.file(file, bytes, Models::read);
    if (whole.isPresent()) {
      requireSameAgain(file, whole.get());
    } else {
      read(file, bytes, options);
    }
  }

  /**
   * Reads bytes as a model, with options.
   *
   * @return the model; empty when it was refused: the options may not fit the file, too
   * @throws IOException when the file cannot be written
   */
  public static Optional<Model> read(Path file, byte[] bytes, ImportOptions options)
      throws IOException {
    try {
      return Untrusted.file(file, bytes, it -> Models.read(it, options));
    } catch (IllegalArgumentException e) {
      Untrusted.requireSentence(file.toString(), e);
      return Optional.empty();
    }
  }

  private static void requireSameAgain(Path file, Model model) throws IOException {
    Models.write(file, model);
    byte[] first = Files.readAllBytes(file);
    Model again = Models.read(file);
    assertEquals(model.network(), again.network());
    assertEquals(model.classes(), again.classes());
    assertEquals(model.preprocessing(), again.preprocessing());
    Models.write(file, again);
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  /**
   * Returns files of a format that hold the tiny models.
   *
   * @param extension the extension of the format
   * @return the bytes of each file
   * @throws IOException when they cannot be written
   */
  public static Stream<byte[]> seeds(String extension) throws IOException {
    Path file = Files.createTempFile("seed", extension);
    Stream.Builder<byte[]> seeds = Stream.builder();
    Model tiny = TinyModels.model(TinyModels.tiny());
    for (Model model : new Model[] {tiny, TinyModels.model(TinyModels.varied())}) {
      Models.write(file, model);
      seeds.add(Files.readAllBytes(file));
    }
    Models.write(
        file,
        new Model(tiny.network(), tiny.weights(), tiny.classes(), tiny.preprocessing(), Map.of()));
    seeds.add(Files.readAllBytes(file));
    Files.delete(file);
    return seeds.build();
  }
}
