package org.nin4j.interchange.pytorch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.ModelFiles;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.interchange.internal.ZipBytes;
import org.nin4j.io.ImportOptions;

/** PyTorch files whose archive is sound, with a pickle of any content. */
class PickleFuzzTest {
  private static final ImportOptions OPTIONS = TinyModels.options(TinyModels.tiny());

  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    PickleBytes whole =
        PickleBytes.start()
            .ascii("}(")
            .text("0.weight")
            .tensor("FloatStorage", "0", 4, 1, new long[] {2, 1, 1, 1}, new long[] {1, 1, 1, 1})
            .text("0.bias")
            .tensor("HalfStorage", "1", 8, 0, new long[] {2}, new long[] {4})
            .ascii("u.");
    PickleBytes nested =
        PickleBytes.start()
            .ascii("}q\u0000(")
            .text("epoch")
            .ascii("K\u0003")
            .text("state_dict")
            .ascii("}(")
            .text("module.0.weight")
            .vector("DoubleStorage", "0", 2)
            .ascii("uh\u0000")
            .text("x")
            .ascii("u.");
    return Stream.of(whole.bytes(), nested.bytes());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.stored("m/data.pkl", bytes);
    zip.stored("m/version", "3\n");
    zip.stored("m/data/0", new byte[16]);
    zip.stored("m/data/1", new byte[16]);
    ModelFiles.require(folder.resolve("model.pt"), zip.bytes(), OPTIONS);
  }
}
