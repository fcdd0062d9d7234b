package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;

/** IDX files of any content, plain and gzipped, as images and as labels. */
class IdxFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(IdxBytes.images(2, 3, 4), IdxBytes.labels(5))
        .flatMap(plain -> Stream.of(plain, IdxBytes.gzip(plain)));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("idx");
    Untrusted.file(file, bytes, Idx::readImages)
        .ifPresent(
            images ->
                assertEquals(
                    (long) images.count() * images.rows() * images.columns(),
                    images.pixels().length));
    Untrusted.file(file, bytes, it -> Idx.readLabels(it, 10));
  }
}
