package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;

/** Files {@code steps.csv} of any content. */
class StepsCsvFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(
            StepsCsv.header()
                + StepsCsv.line(new StepMetrics(1, 1, 2.5, 0.1, 1e-9, 100.25))
                + StepsCsv.line(new StepMetrics(1, 2, 2.25, 0.1, 3e9, 99)))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("steps.csv");
    Optional<List<StepMetrics>> steps = Untrusted.file(file, bytes, StepsCsv::read);
    assertTrue(
        StepsCsv.before(file, 1, 1).size() <= steps.map(List::size).orElse(Integer.MAX_VALUE));
    if (steps.isPresent()) {
      String text = text(steps.get());
      Files.writeString(file, text);
      assertEquals(text, text(StepsCsv.read(file)));
    }
  }

  private static String text(List<StepMetrics> steps) {
    StringBuilder text = new StringBuilder(StepsCsv.header());
    steps.forEach(step -> text.append(StepsCsv.line(step)));
    return text.toString();
  }
}
