package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;

class YamlWriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private String read(String yaml) throws IOException {
    return YamlFile.read(Files.writeString(folder.resolve("a.yaml"), yaml));
  }

  @Test
  void innermostObjectsAndListsStandOnOneLine() {
    assertEquals(
        """
        # a test
        name: x y
        sizes: [1, 2.50, 1.0E-8]
        empty: []
        inner: {a: true, b: [1, 2]}
        outer:
          then: {c: '1'}
          list:
          - {d: null}
        """,
        YamlWriter.write(
            "a test",
            "{\"name\": \"x y\", \"sizes\": [1, 2.50, 1.0E-8], \"empty\": [], \"inner\": {\"a\": true,"
                + " \"b\": [1, 2]}, \"outer\": {\"then\": {\"c\": \"1\"}, \"list\": [{\"d\":"
                + " null}]}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "1e3",
        "0x1F",
        ".5",
        ".inf",
        "true",
        "Null",
        "~",
        "yes",
        "a: b",
        "a #b",
        "- a",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "[a",
        "{a",
        "'",
        "\\\"",
        "\\\\",
        "a\\nb",
        "\\n",
        "a\\tb",
        " a ",
        "\\u0001",
        "\\u0085",
        "\\u2028",
        "\\uFEFF",
        "\\ud83d\\ude00",
        "\u00e9",
        "<<",
        "---",
        "C:\\\\x",
        "a,b",
        "?",
        "=",
        "2026-11-26"
      })
  void anyTextStaysTheSameText(String text) throws IOException {
    String json = "{\"a\": \"" + text + "\", \"b\": {\"c\": [\"" + text + "\"]}}";
    assertEquals(JSON.readTree(json), JSON.readTree(read(YamlWriter.write("test", json))));
    String key = "{\"a" + text + "\": 1}";
    assertEquals(JSON.readTree(key), JSON.readTree(read(YamlWriter.write("test", key))));
  }

  @Test
  void everyPresetStaysTheSameNetwork() throws IOException {
    for (Networks preset : Networks.values()) {
      String yaml = YamlWriter.write("a network", NetworkJson.write(preset.build()));
      assertEquals(preset.build(), NetworkJson.read(read(yaml), "test"));
    }
  }
}
