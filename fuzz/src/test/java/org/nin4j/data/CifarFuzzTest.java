package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;

/** CIFAR files of any content, plain and gzipped, of both data sets. */
class CifarFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(new byte[1 + CifarFile.PIXELS], new byte[2 * (2 + CifarFile.PIXELS)])
        .map(IdxBytes::gzip);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("data_batch_1.bin");
    Untrusted.file(file, bytes, it -> CifarFile.read(it, 1, 10)).ifPresent(it -> require(it, 10));
    Untrusted.file(file, bytes, it -> CifarFile.read(it, 2, 100)).ifPresent(it -> require(it, 100));
  }

  private static void require(CifarFile images, int classes) {
    byte[] pixels = new byte[CifarFile.PIXELS];
    for (int i = 0; i < images.count(); i++) {
      assertTrue(images.label(i) >= 0 && images.label(i) < classes);
      images.pixels(i, pixels);
    }
  }
}
