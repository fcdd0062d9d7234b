package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.data.GlobalContrastNormalization;
import org.nin4j.data.Preprocessing;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.fuzz.Untrusted;

/** Preprocessing as JSON text of any content. */
class PreprocessingJsonFuzzTest {
  static Stream<byte[]> seeds() {
    Preprocessing unit = Preprocessing.unit(3, 8, 6).antialiased();
    return Stream.of(
            TinyModels.preprocessing(),
            unit,
            unit.centerCropped(9),
            unit.then(new GlobalContrastNormalization(2)))
        .map(PreprocessingJson::write)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) {
    Untrusted.text(bytes, PreprocessingJson::read)
        .ifPresent(
            steps ->
                assertEquals(steps, PreprocessingJson.read(PreprocessingJson.write(steps), "it")));
  }
}
