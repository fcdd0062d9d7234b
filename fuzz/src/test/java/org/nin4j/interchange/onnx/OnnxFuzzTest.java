package org.nin4j.interchange.onnx;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.ModelFiles;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Models;

/** ONNX files of any content. */
class OnnxFuzzTest {
  private static final ImportOptions OPTIONS =
      ImportOptions.none().classes(TinyModels.CLASSES).normalization(TinyModels.NORMALIZE);

  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    Path file = Files.createTempFile("seed", ".onnx");
    Models.write(file, TinyModels.quantized());
    byte[] quantized = Files.readAllBytes(file);
    Files.delete(file);
    return Stream.concat(ModelFiles.seeds(".onnx"), Stream.of(quantized));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    ModelFiles.require(folder.resolve("model.onnx"), bytes, OPTIONS);
  }
}
