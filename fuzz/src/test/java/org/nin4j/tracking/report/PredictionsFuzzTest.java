package org.nin4j.tracking.report;

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
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.ImageResult;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.internal.json.JsonWriter;

/** Files {@code predictions.csv} of any content. */
class PredictionsFuzzTest {
  private static final List<String> CLASSES = List.of("cat", "d,o\"g", "cow");

  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    Path seed = Files.createTempDirectory("seed");
    new Predictions(
            new Evaluation(
                CLASSES,
                List.of(
                    new ImageResult(0, 0, 0, 0.75, 0.75, 0.25),
                    new ImageResult(1, 2, 2, 0.5, 0.125, 2.5))),
            List.of("a.png", ""))
        .write(seed);
    byte[] bytes = Files.readAllBytes(seed.resolve(Predictions.FILE));
    Files.delete(seed.resolve(Predictions.FILE));
    Files.delete(seed);
    return Stream.of(bytes);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve(Predictions.FILE);
    Optional<Predictions> predictions =
        Untrusted.file(file, bytes, it -> Predictions.read(folder, CLASSES));
    if (predictions.isPresent()) {
      predictions.get().write(folder);
      assertEquals(predictions.get(), Predictions.read(folder, CLASSES));
      JsonWriter.line(json -> EvaluationJson.write(json, predictions.get().evaluation()));
    }
  }
}
