package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;

/** Files {@code run.json} of any content. */
class RunRecordFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    RunFiles files = new RunFiles(Files.createTempDirectory("seed"));
    TinyRun.record().write(files);
    byte[] bytes = Files.readAllBytes(files.record());
    Files.delete(files.record());
    Files.delete(files.folder());
    return Stream.of(bytes);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    RunFiles files = new RunFiles(folder);
    Optional<RunRecord> run = Untrusted.file(files.record(), bytes, file -> RunRecord.read(files));
    if (run.isPresent()) {
      run.get().write(files);
      RunRecord again = RunRecord.read(files);
      assertEquals(run.get(), again);
      assertEquals(Optional.empty(), SetupDifference.first(run.get().setup(), again.setup()));
    }
  }
}
