package org.nin4j.interchange.numpy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.ModelFiles;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.io.ImportOptions;

/** NumPy archives of any content. */
class NpzFuzzTest {
  private static final ImportOptions OPTIONS = TinyModels.options(TinyModels.tiny());

  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    return ModelFiles.seeds(".npz");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    ModelFiles.require(folder.resolve("model.npz"), bytes, OPTIONS);
  }
}
