package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** Files of class names of any content. */
class ClassNamesFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of("cat\ndog\n", "\u00e4 b\r\nc\r\n\r\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("classes.txt");
    Optional<List<String>> names = Untrusted.file(file, bytes, ClassNames::read);
    if (names.isPresent()) {
      Files.write(file, names.get());
      assertEquals(names.get(), ClassNames.read(file));
    }
  }
}
