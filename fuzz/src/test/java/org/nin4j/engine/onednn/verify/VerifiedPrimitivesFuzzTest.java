package org.nin4j.engine.onednn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of verified primitives with any content: what is appended to it is found again. */
class VerifiedPrimitivesFuzzTest {
  private static final long FINGERPRINT = 0x123456789ABCDEF0L;

  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(new byte[16], new byte[13]);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("table.bin");
    Files.write(file, bytes);
    VerifiedPrimitives verified = VerifiedPrimitives.keptIn(file);
    verified.enter(FINGERPRINT, true);
    verified.save();
    VerifiedPrimitives again = VerifiedPrimitives.keptIn(file);
    assertEquals(VerifiedPrimitives.Verdict.RIGHT, again.verdict(FINGERPRINT));
  }
}
