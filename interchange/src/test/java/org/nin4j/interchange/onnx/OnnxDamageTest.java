package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.interchange.onnx.OnnxAttributes.integers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ChangingFile;
import org.nin4j.io.ImportOptions;

/** A damaged file gives a model or a sentence, never another exception. */
class OnnxDamageTest {
  private static final int RANDOM = 300;

  @TempDir Path folder;

  @Test
  void everyTruncationGivesASentence() throws IOException {
    Path path = folder.resolve("test.onnx");
    try (ChangingFile file = new ChangingFile(path, model())) {
      assertTrue(readsAsModel(path));
      for (int length = file.length() - 1; length >= 0; length--) {
        file.cut(length);
        assertTrue(!readsAsModel(path), "the first " + length + " bytes");
      }
    }
  }

  @Test
  void everyChangeOfAByteGivesASentenceOrAModel() throws IOException {
    Path path = folder.resolve("test.onnx");
    try (ChangingFile file = new ChangingFile(path, model())) {
      for (int i = 0; i < file.length(); i++) {
        for (int change : new int[] {1, 8, 128}) {
          file.set(i, file.get(i) ^ change);
          readsAsModel(path);
        }
        file.restore(i);
      }
    }
  }

  @Test
  void bytesThatMoveGiveASentenceOrAModel() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] whole = model();
    for (int i = 0; i < RANDOM; i++) {
      byte[] changed = whole.clone();
      int length = 1 + random.nextInt(30);
      int from = random.nextInt(whole.length - length);
      int to = random.nextInt(whole.length - length);
      System.arraycopy(whole, from, changed, to, length);
      readsAsModel(Files.write(folder.resolve("test.onnx"), changed));
    }
  }

  private static byte[] model() {
    return new TestGraph(13, -1, 2, 6, 6)
        .conv(3, 2, 2, 2, integers("pads", 0, 0, 1, 1))
        .then("Relu")
        .then("MaxPool", integers("kernel_shape", 2, 2), integers("strides", 2, 2))
        .then("GlobalAveragePool")
        .list("to", -1, 3)
        .then("Reshape", List.of("to"))
        .floats("m", 3, 2)
        .then("MatMul", List.of("m"))
        .scalar("b", 1)
        .then("Add", List.of("b"))
        .model()
        .toByteArray();
  }

  private static boolean readsAsModel(Path file) throws IOException {
    boolean read;
    try {
      new OnnxFormat().read(file, ImportOptions.none());
      read = true;
    } catch (InvalidFileException e) {
      requireSentence(file, e);
      read = false;
    }
    try {
      new OnnxFormat().describe(file);
    } catch (InvalidFileException e) {
      requireSentence(file, e);
    }
    return read;
  }

  private static void requireSentence(Path file, InvalidFileException e) {
    assertTrue(
        e.getMessage().startsWith(file + ": ") && e.getMessage().lines().count() == 1,
        e::getMessage);
  }
}
