package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

class YamlFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("a.yaml"), text);
  }

  private String refusal(String text) throws IOException {
    Path file = file(text);
    String message =
        assertThrows(InvalidFileException.class, () -> YamlFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertEquals(1, message.lines().count(), message);
    return message.substring((file + ": ").length());
  }

  /** ; stands for a line break. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: 1;b: x | {\"a\": 1, \"b\": \"x\"}",
        "a: {b: [1, two], c: {}};d: [] | {\"a\": {\"b\": [1, \"two\"], \"c\": {}}, \"d\": []}",
        "a:;- 1;- b: 2;  c: 3 | {\"a\": [1, {\"b\": 2, \"c\": 3}]}",
        "a: true;b: False;c: yes;d: null;e: ~;f: "
            + "| {\"a\": true, \"b\": false, \"c\": \"yes\", \"d\": null, \"e\": null, \"f\": null}",
        "a: 'it''s';b: \"1\";c: '1';d: 'null' "
            + "| {\"a\": \"it's\", \"b\": \"1\", \"c\": \"1\", \"d\": \"null\"}",
        "a: -0;b: 12345678901234567890 | {\"a\": -0, \"b\": 12345678901234567890}",
        "a: +7;b: 007;c: 0x1F;d: 0o17 | {\"a\": 7, \"b\": 7, \"c\": 31, \"d\": 15}",
        "a: &x [1, &y 2];b: *x;c: *y | {\"a\": [1, 2], \"b\": [1, 2], \"c\": 2}",
        "# comment;--- ;a: 1 # another;... | {\"a\": 1}",
        "a: 1.2.3;b: 2026-11-26;c: 1x1;<<: d "
            + "| {\"a\": \"1.2.3\", \"b\": \"2026-11-26\", \"c\": \"1x1\", \"<<\": \"d\"}"
      })
  void yamlIsReadAsJson(String yaml, String json) throws IOException {
    String read = YamlFile.read(file(yaml.replace(';', '\n')));
    assertEquals(JSON.readTree(json), JSON.readTree(read));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-3", "1E+3", "1.0E-8", "0.10", "-2.50e7", "100000000000000000000.5"})
  void aNumberThatJsonCanWriteKeepsItsDigits(String number) throws IOException {
    assertEquals("{\"a\": " + number + "}", YamlFile.read(file("a: " + number)));
  }

  @ParameterizedTest
  @CsvSource({".5, 0.5", "1., 1", "+1.5, 1.5", "-.25, -0.25", "01.5, 1.5", "1.e3, 1e3"})
  void aNumberThatOnlyYamlCanWriteKeepsItsValue(String number, double value) throws IOException {
    String json = YamlFile.read(file("a: " + number));
    assertEquals(value, JSON.readTree(json).get("a").asDouble());
  }

  @Test
  void aJsonFileIsYamlWithTabsEscapesAndAByteOrderMark() throws IOException {
    String json =
        "{\n\t\"a\": [1,\n\t\t2.5e-3],\t\"b\\u00e9\\n\": \"\\\"\\\\\\/\\ud83d\\ude00\"\n}";
    Path file = Files.writeString(folder.resolve("a.json"), "\uFEFF" + json);
    assertEquals(JSON.readTree(json), JSON.readTree(YamlFile.read(file)));
  }

  /** ; stands for a line break. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: 1;b: 2;a: 3 | cannot be read at line 3, column 1: the key 'a' is there twice",
        "a: {b: 1, b: 2} | cannot be read at line 1, column 11: the key 'b' is there twice",
        "1: a | cannot be read at line 1, column 1: a key must be a text, but is 1; write it in",
        "a: 1;true: 2 | cannot be read at line 2, column 1: a key must be a text, but is true",
        "? [a];: 1 | cannot be read at line 1, column 3: a key must be a text",
        "a: &k x;*k : 1 | cannot be read at line 2, column 1: a key must be a text",
        "a: *b | cannot be read at line 1, column 4: the alias *b has no anchor before it",
        "a: &a [*a] | cannot be read at line 1, column 8: the alias *a has no anchor before it",
        "a: *\u007fb | cannot be read at line 1, column 4: the alias *\\u007fb has no",
        "a: 1;---;b: 2 | cannot be read at line 2, column 1: a second document starts here",
        "a: !!str 1 | cannot be read at line 1, column 4: tags are not allowed",
        "a: !x {} | cannot be read at line 1, column 4: tags are not allowed",
        "a: .inf | cannot be read at line 1, column 4: a number must be finite, but is .inf",
        "a: -.INF | a number must be finite",
        "a: .nan | a number must be finite",
        "a: +1e99999999999 | a number must be finite",
        "- a | cannot be read at line 1, column 1: the file must hold keys and values",
        "a | the file must hold keys and values",
        "# nothing | is empty",
        "a: [1 | not valid YAML at line 1, column 6: expected ',' or ']'",
        "a: b: c | not valid YAML at line 1, column 5: mapping values are not allowed here",
        "a:;- x; b: 1 | not valid YAML at line 3, column 3: ",
        "a: 'b | not valid YAML at line 1, column 6: ",
        "a: 1;b: \u0001x | not valid YAML at line 2, column 4: the character U+0001 is not allowed",
        "%YAML 2.0;---;a: 1 | not valid YAML: "
      })
  void whatJsonCannotSayIsRefused(String yaml, String complaint) throws IOException {
    String message = refusal(yaml.replace(';', '\n'));
    assertTrue(message.startsWith(complaint) || message.contains(": " + complaint), message);
  }

  @Test
  void aFileThatWouldExhaustTheMemoryIsRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      bomb.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8), i - 1));
    }
    assertTrue(refusal(bomb.toString()).contains("its aliases make it too large"));
    String many = "a: &a 1\nb: [" + "*a, ".repeat(100) + "*a]";
    assertTrue(refusal(many).contains("there are more than 100 aliases"));
    YamlFile.read(file(many.replaceFirst("\\*a, ", "")));
    String deep = "a: " + "[".repeat(64) + "]".repeat(64);
    assertTrue(refusal(deep).contains("at line 1, column 67: it is nested deeper than 64 levels"));
    YamlFile.read(file(deep.replace("[]", "")));
    assertTrue(refusal("a: " + "[".repeat(500_000)).contains("nested deeper than 64 levels"));
    assertTrue(refusal("a: +" + "1".repeat(500_000)).contains("at most 100 characters"));
    assertTrue(refusal("a: " + "x".repeat(1 << 20)).contains("larger than the 1 MiB"));
  }

  @Test
  void aFileThatIsMissingAFolderOrNotUtf8IsReported() throws IOException {
    Path missing = folder.resolve("none.yaml");
    assertThrows(NoSuchFileException.class, () -> YamlFile.read(missing));
    assertThrows(IOException.class, () -> YamlFile.read(folder));
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        latin + ": it is not UTF-8 text; save it as UTF-8",
        assertThrows(InvalidFileException.class, () -> YamlFile.read(latin)).getMessage());
  }
}
