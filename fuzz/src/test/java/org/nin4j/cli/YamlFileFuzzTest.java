package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.internal.json.JsonFields;

/** YAML of any content, which is read as JSON. */
class YamlFileFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(
            """
            # a recipe
            name: fast
            epochs: 0x1F
            optimizer: {type: SGD, momentum: .9, nesterov: True}
            list: &anchor [1, "two\\n", ~, -3.5e+7]
            copy: *anchor
            text: |
              line one
              line two
            """,
            """
            {"a": [1, -2.5e3, true, null, "\\u00e4\\n"], "b": {"c": [{"d": []}, {}]}}""")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("file.yaml");
    Optional<String> json = Untrusted.file(file, bytes, YamlFile::read);
    if (json.isPresent()) {
      Files.writeString(file, YamlWriter.write("again", json.get()));
      assertEquals(JsonFields.of(json.get(), "json"), JsonFields.of(YamlFile.read(file), "again"));
    }
  }
}
