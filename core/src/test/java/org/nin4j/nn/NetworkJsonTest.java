package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.error.InvalidFileException;

class NetworkJsonTest {
  private static final String HEAD =
      "{\"type\": \"AdaptiveAvgPool2d\", \"output_size\": 1}, {\"type\": \"Flatten\"}";

  private static String network(String layers) {
    return "{\"name\": \"n\", \"input\": [2, 8, 8], \"layers\": [" + layers + ", " + HEAD + "]}";
  }

  private static Layer firstLayer(String json) {
    return NetworkJson.read(network(json.replace('\'', '"')), "test").layers().layers().get(0);
  }

  private static String refusal(String json) {
    String quoted = json.replace('\'', '"');
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> NetworkJson.read(quoted, "net.json"), json);
    String message = refused.getMessage();
    assertTrue(message.startsWith("net.json: "), message);
    assertFalse(message.contains("\n"), message);
    return message;
  }

  @ParameterizedTest
  @EnumSource(Networks.class)
  void everyPresetIsReadAsItWasWritten(Networks preset) {
    Network network = preset.build();
    assertEquals(network, NetworkJson.read(NetworkJson.write(network), "written"));
  }

  @Test
  void everyLayerIsReadAsItWasWritten() {
    Sequential layers =
        new Sequential(
            new Conv2d(2, 6, new Size2d(3, 1), new Size2d(1, 2), new Size2d(2, 0), false),
            new BatchNorm2d(6, 0.001f, 0.03f),
            new ReLU(),
            new Sequential(
                new MaxPool2d(new Size2d(3, 2), new Size2d(2, 1), new Size2d(1, 0), true),
                new Sequential(
                    new AvgPool2d(Size2d.of(2), Size2d.of(1), Size2d.of(1), true, false))),
            new Dropout(0.25f),
            new AdaptiveAvgPool2d(new Size2d(2, 1)),
            new Flatten(),
            new Linear(12, 5, false),
            new Linear(5, 3));
    Network network = new Network("a \"quoted\" \\ name", Shape.of(1, 2, 9, 11), layers);
    assertEquals(network, NetworkJson.read(NetworkJson.write(network), "written"));
  }

  @Test
  void argumentsLeftOutHavePyTorchsDefaults() {
    Size2d zero = Size2d.of(0);
    assertEquals(
        new Conv2d(2, 4, 3),
        firstLayer("{'type': 'Conv2d', 'in_channels': 2, 'out_channels': 4, 'kernel_size': 3}"));
    assertEquals(
        new MaxPool2d(Size2d.of(2), Size2d.of(2), zero, false),
        firstLayer("{'type': 'MaxPool2d', 'kernel_size': 2}"));
    assertEquals(
        new AvgPool2d(new Size2d(2, 3), new Size2d(2, 3), zero, false, true),
        firstLayer("{'type': 'AvgPool2d', 'kernel_size': [2, 3]}"));
    assertEquals(
        new BatchNorm2d(2, 1e-5f, 0.1f), firstLayer("{'type': 'BatchNorm2d', 'num_features': 2}"));
    assertEquals(new Dropout(0.5f), firstLayer("{'type': 'Dropout'}"));
  }

  @Test
  void aNinBlockStandsForItsSixLayers() {
    assertEquals(
        NinBlock.of(2, 16, 5, 2, 1),
        firstLayer(
            "{'type': 'NinBlock', 'in_channels': 2, 'out_channels': 16, 'kernel_size': 5,"
                + " 'stride': 2, 'padding': [1, 1]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'Conv2D'} | layers[0].type: unknown layer type 'Conv2D'; did you mean 'Conv2d'?",
        "{} | layers[0].type is missing",
        "{'type': 3} | layers[0].type must be a text, but is 3",
        "3 | layers[0] must be an object",
        "{'type': 'MaxPool2d'} | layers[0].kernel_size is missing",
        "{'type': 'MaxPool2d', 'kernel_sise': 3} | layers[0].kernel_sise: unknown MaxPool2d field"
            + " 'kernel_sise'; did you mean 'kernel_size'?",
        "{'type': 'MaxPool2d', 'kernel_size': '3'} | layers[0].kernel_size must be a whole number"
            + " or [height, width], but is \"3\"",
        "{'type': 'MaxPool2d', 'kernel_size': 3.0} | layers[0].kernel_size must be a whole number",
        "{'type': 'MaxPool2d', 'kernel_size': [3]} | layers[0].kernel_size must be a whole number",
        "{'type': 'MaxPool2d', 'kernel_size': 0} | layers[0].kernel_size must be at least 1",
        "{'type': 'MaxPool2d', 'kernel_size': 3, 'stride': null} | layers[0].stride must be",
        "{'type': 'MaxPool2d', 'kernel_size': 3, 'padding': -1} | layers[0].padding must be at",
        "{'type': 'MaxPool2d', 'kernel_size': 3, 'padding': 2} | layers[0] cannot be built: padding",
        "{'type': 'MaxPool2d', 'kernel_size': 3, 'ceil_mode': 1} | layers[0].ceil_mode must be true",
        "{'type': 'MaxPool2d', 'kernel_size': 99999} | layers[0].kernel_size cannot be built",
        "{'type': 'MaxPool2d', 'kernel_size': 99999999999} | layers[0].kernel_size must be a whole",
        "{'type': 'Linear', 'in_features': 99999, 'out_features': 99999} | layers[0] cannot be",
        "{'type': 'Linear', 'in_features': 0, 'out_features': 9} | layers[0].in_features must be at",
        "{'type': 'Dropout', 'p': 1} | layers[0] cannot be built: p must be at least 0 and below 1",
        "{'type': 'Dropout', 'p': 'x'} | layers[0].p must be a number, but is \"x\"",
        "{'type': 'BatchNorm2d', 'num_features': 2, 'eps': 1e999} | layers[0].eps must be a number within single",
        "{'type': 'Sequential', 'layers': []} | layers[0].layers needs at least one layer",
        "{'type': 'Sequential', 'layers': {}} | layers[0].layers must be a list of objects",
        "{'type': 'Sequential', 'layers': [{'type': 'ReLU'}, {'type': 'Sequential', 'layers':"
            + " [{'type': 'ReLU', 'inplace': true}]}]} | layers[0].layers[1].layers[0].inplace:",
        "{'type': 'Conv2d', 'in_channels': 1, 'out_channels': 4, 'kernel_size': 3} |"
            + " network 'n' with input 1x2x8x8: layer 0 Conv2d(1, 4,",
        "{'type': 'MaxPool2d', 'kernel_size': 9} | the smallest input that would do is 1x2x9x9"
      })
  void aDefectInALayerIsNamedWithItsPath(String layer, String complaint) {
    String message = refusal(network(layer));
    assertTrue(message.contains(complaint), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it is empty",
        "[] | a network must be a JSON object",
        "{ | not valid JSON at line 1, column 2",
        "{'name': 'n', | not valid JSON at line 1",
        "`{\n'name': 'n',\n 'input' [1]}` | not valid JSON at line 3, column 10",
        "{'name': 'n'} x | not valid JSON at line 1, column 1",
        "{'name': 'n'} {} | something follows the end of the JSON",
        "{'name': 'n', 'name': 'm'} | (name): Duplicate",
        "{'name': 'n', 'layers': [{'type': 'ReLU', 'type': 'ReLU'}]} | (layers[0].type): Duplicate",
        "{'nam': 'n'} | nam: unknown network field 'nam'; did you mean 'name'?",
        "{'name': 'n'} | input is missing",
        "{'name': 'n', 'input': [1, 8, 8]} | layers is missing",
        "{'name': ' ', 'input': [1, 8, 8], 'layers': []} | name must be one line",
        "{'name': 'a\\nb', 'input': [1, 8, 8], 'layers': []} | name must be one line",
        "{'name': 1, 'input': [1, 8, 8], 'layers': []} | name must be a text, but is 1",
        "{'name': 'n', 'input': [8, 8], 'layers': []} | input must be [channels, height, width]",
        "{'name': 'n', 'input': [1, 8, 0], 'layers': []} | input[2] must be at least 1, but is 0",
        "{'name': 'n', 'input': [1, 8, 8.5], 'layers': []} | input[2] must be a whole number",
        "{'name': 'n', 'input': [1, 8, 8], 'layers': [{'type': 'Flatten'},{'type': 'Linear',"
            + " 'in_features': 64, 'out_features': 1}]} | must end in logits",
        "{'name': 'n', 'input': [1, 8, 8], 'layers': [{'type': 'ReLU'}]} | must end in logits"
      })
  void aDefectInTheFileIsNamedWithItsPlace(String json, String complaint) {
    String message = refusal(json == null ? "" : json);
    assertTrue(message.contains(complaint), message);
  }

  @Test
  void absurdNestingAndNumbersOfLayersAreRefused() {
    String deep = "{'type': 'Sequential', 'layers': [".repeat(33) + "{'type': 'ReLU'}";
    assertTrue(refusal(network(deep + "]}".repeat(33))).contains("nested deeper than 32"));
    assertTrue(refusal("[".repeat(100_000)).contains("nested too deeply"));
    String many = "{'type': 'ReLU'}, ".repeat(5_000) + "{'type': 'ReLU'}";
    assertTrue(refusal(network(many)).contains("layers[4096] is one layer too many"));
  }

  @Test
  void aFileIsReadAndItsDefectsCarryItsName(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.json");
    Files.writeString(file, "\uFEFF" + NetworkJson.write(Networks.NIN.build()));
    assertEquals(Networks.NIN.build(), NetworkJson.read(file));
    Files.write(file, "{\"name\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
    InvalidFileException refused =
        assertThrows(InvalidFileException.class, () -> NetworkJson.read(file));
    assertEquals(file + ": it is not UTF-8 text; save it as UTF-8", refused.getMessage());
  }

  @Test
  void aFileThatIsMissingOrAFolderOrTooLargeIsRefused(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.json");
    IOException refused = assertThrows(NoSuchFileException.class, () -> NetworkJson.read(missing));
    assertEquals(missing + ": there is no such file; check the path", refused.getMessage());
    assertThrows(FileSystemException.class, () -> NetworkJson.read(folder));
    Path large = Files.write(folder.resolve("large.json"), new byte[(4 << 20) + 1]);
    assertThrows(InvalidFileException.class, () -> NetworkJson.read(large));
  }
}
