package org.nin4j.tracking.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.internal.json.JsonWriter;

/** Files {@code profile.json} of any content. */
class StepTimesFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    StepTimes times =
        new StepTimes(32, 2, 10, List.of(new StepTimes.Part("0 Conv2d", "forward", 1.5)));
    return Stream.of(JsonWriter.indented(times::write).getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("profile.json");
    Optional<StepTimes> times =
        Untrusted.file(file, bytes, it -> StepTimes.in(folder).orElseThrow());
    if (times.isPresent()) {
      times.get().write(folder);
      assertEquals(times, StepTimes.in(folder));
    }
  }
}
