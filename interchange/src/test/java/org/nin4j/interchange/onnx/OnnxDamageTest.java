package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.interchange.onnx.OnnxAttributes.integers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.ImportOptions;

/** A damaged file gives a model or a sentence, never another exception. */
class OnnxDamageTest {
  private static final int RANDOM = 300;

  @TempDir Path folder;

  @Test
  void everyTruncationGivesASentence() throws IOException {
    byte[] whole = model();
    for (int length = 0; length < whole.length; length++) {
      assertTrue(!readsAsModel(Arrays.copyOf(whole, length)), "the first " + length + " bytes");
    }
    assertTrue(readsAsModel(whole));
  }

  @Test
  void everyChangeOfAByteGivesASentenceOrAModel() throws IOException {
    byte[] whole = model();
    for (int i = 0; i < whole.length; i++) {
      byte old = whole[i];
      for (int change : new int[] {1, 8, 128}) {
        whole[i] = (byte) (old ^ change);
        readsAsModel(whole);
      }
      whole[i] = old;
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
      readsAsModel(changed);
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

  private boolean readsAsModel(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("test.onnx"), content);
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
