package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.train.EpochMetrics;

/** Files {@code metrics.csv} of any content. */
class MetricsCsvFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    Path file = Files.createTempFile("seed", ".csv");
    MetricsCsv.write(file, TinyRun.history());
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return Stream.of(bytes);
  }

  /** The file has six decimals; what was read once is written with as many. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("metrics.csv");
    Optional<List<EpochMetrics>> history = Untrusted.file(file, bytes, MetricsCsv::read);
    if (history.isPresent()) {
      MetricsCsv.write(file, history.get());
      List<EpochMetrics> rounded = MetricsCsv.read(file);
      MetricsCsv.write(file, rounded);
      assertEquals(rounded, MetricsCsv.read(file));
    }
  }
}
