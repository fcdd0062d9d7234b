package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.io.Models;

class ConvertCommandTest {
  /** What torch.load reads has no form for quantized weights that other programs agree on. */
  private static final List<String> PYTORCH = List.of(".pt", ".pth");

  @TempDir Path folder;
  private ForeignModel files;

  @BeforeEach
  void writeFiles() throws IOException {
    files = ForeignModel.in(folder);
  }

  static List<String> extensions() {
    return Models.writableExtensions();
  }

  private String prediction(Path model) {
    return Outcome.of("predict", "--model", model, "--precision", "fp32", files.image)
        .succeeds()
        .out();
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void aModelSurvivesEveryFormat(String extension) throws IOException {
    Path there = folder.resolve("there" + extension);
    Outcome.of("convert", files.complete, there).succeeds();
    assertEquals(prediction(files.complete), prediction(there));
    Path back = folder.resolve("back.safetensors");
    Outcome.of("convert", there, back).succeeds();
    assertArrayEquals(Files.readAllBytes(files.complete), Files.readAllBytes(back));
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void aQuantizedModelSurvivesEveryFormatThatHoldsIntegers(String extension) throws IOException {
    Path int8 = folder.resolve("int8.safetensors");
    Path data = TinyData.folder(folder.resolve("rows"), 40);
    // It warns where the processor does not compute in int8, which does not matter here.
    Outcome.of("quantize", "--model", files.complete, "--data", data, "-o", int8);
    Path there = folder.resolve("there" + extension);
    if (PYTORCH.contains(extension)) {
      Outcome.of("convert", int8, there).fails(1, "a .pt file holds no model of 8-bit integers");
      assertFalse(Files.exists(there));
      return;
    }
    Path back = folder.resolve("back.safetensors");
    assertTrue(Outcome.of("convert", int8, there).succeeds().out().contains(" parameters, int8\n"));
    Outcome.of("convert", there, back).succeeds();
    assertArrayEquals(Files.readAllBytes(int8), Files.readAllBytes(back));
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void everyFormatIsRecognizedByItsContent(String extension) throws IOException {
    Path there = folder.resolve("there" + extension);
    Outcome.of("convert", files.complete, there).succeeds();
    Path renamed = Files.move(there, folder.resolve("renamed.safetensors"));
    assertEquals(prediction(files.complete), prediction(renamed));
    Outcome.of("inspect", renamed).succeeds();
  }

  @Test
  void theHelpNamesEveryExtension() {
    String words = String.join(", ", extensions()).replace(".", "");
    assertEquals(words.replaceFirst(", (\\w+)$", " or $1"), ConvertCommand.EXTENSIONS);
  }

  @Test
  void aForeignFileBecomesCompleteAndSaysWhereItComesFrom() throws Exception {
    Path out = folder.resolve("out.safetensors");
    List<String> lines =
        files.runs("convert", files.foreign, out).succeeds().out().lines().toList();
    assertEquals(
        List.of(
            "read     " + files.foreign + " (safetensors, " + size(files.foreign) + " bytes)",
            "model    tiny: 1x1x8x8 -> 2 classes, 330 parameters",
            "classes  2: upper, lower, or below",
            "tensors  assigned in the order of the file"),
        lines.subList(0, 4));
    assertEquals("wrote    " + out + " (safetensors, " + size(out) + " bytes)", lines.get(4));
    assertEquals(prediction(files.complete), prediction(out));
    Map<String, String> provenance = Models.read(out).provenance();
    assertEquals("foreign.safetensors", provenance.get("converted_from"));
    assertEquals("safetensors", provenance.get("converted_from_format"));
    assertEquals(
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(files.foreign))),
        provenance.get("converted_from_sha256"));
    assertEquals("in the order of the file", provenance.get("tensors"));
  }

  private static String size(Path file) throws IOException {
    return String.format(Locale.ROOT, "%,d", Files.size(file));
  }

  @Test
  void aModelOfNinAndARunFolderCanBeConverted() throws IOException {
    Path out = folder.resolve("cifar.safetensors");
    Outcome.of("convert", "nin-small-cifar10", out).succeeds();
    Path data = TinyData.folder(folder.resolve("rows"), 40);
    Path run = folder.resolve("run");
    Outcome.of("train", "--net", files.network, "--data", data, "--out", run, "--epochs", 1)
        .succeeds();
    Outcome.of("convert", run, out).succeeds();
    assertArrayEquals(
        Files.readAllBytes(run.resolve("model.safetensors")), Files.readAllBytes(out));
    Outcome.of("convert", files.complete, run.resolve("model.safetensors"))
        .fails(2, "describes the model that would be replaced");
  }

  @Test
  void theModelItselfIsNotOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(files.complete);
    Path same = folder.resolve("rows").resolve("..").resolve("complete.safetensors");
    Files.createDirectories(folder.resolve("rows"));
    Outcome.of("convert", files.complete, same).fails(2, "is the model itself");
    assertArrayEquals(before, Files.readAllBytes(files.complete));
  }

  @Test
  void aConversionThatFailsLeavesNoFile() throws IOException {
    Path out = folder.resolve("out.safetensors");
    Outcome.of("convert", files.foreign, out).fails(2, "does not say its architecture");
    Outcome.of("convert", folder.resolve("none.pt"), out).fails(1, "there is no such file");
    Outcome.of("convert", folder.resolve("none.pt"), files.complete)
        .fails(1, "none.pt: there is no such file");
    Files.writeString(folder.resolve("bad.safetensors"), "no model");
    Outcome.of("convert", folder.resolve("bad.safetensors"), out)
        .fails(1, "bad.safetensors: declares a header of");
    assertFalse(Files.exists(out));
    Path nowhere = folder.resolve("none").resolve("out.safetensors");
    Outcome.of("convert", files.complete, nowhere).fails(1, "does not exist; create it first");
    Outcome.of("convert", files.complete, folder.resolve("out.txt"))
        .fails(2, "OUT: " + folder.resolve("out.txt") + ": its extension is not that of a format");
  }

  @Test
  void inspectListsWhatAFileHolds() {
    List<String> lines = Outcome.of("inspect", files.foreign).succeeds().out().lines().toList();
    assertTrue(lines.get(0).startsWith(files.foreign + ": safetensors, "), lines.get(0));
    assertEquals(
        List.of(
            "tensor        type  shape    elements  bytes",
            "conv1.weight  F32   4x1x3x3        36    144",
            "conv1.bias    F32   4               4     16",
            "conv2.weight  F32   2x4x6x6       288  1,152",
            "conv2.bias    F32   2               2      8",
            "4 tensors                         330  1,320"),
        lines.subList(lines.size() - 6, lines.size()));
    assertTrue(lines.contains("  format        pt"), lines.toString());
  }

  @Test
  void inspectShowsOurMetadataAsWhatTheyAre() {
    String text = Outcome.of("inspect", files.complete).succeeds().out();
    for (String line :
        List.of(
            "  architecture    tiny: 1x1x8x8 -> 2 classes, 330 parameters\n",
            "  classes         2: upper, lower, or below\n",
            "  preprocessing   resize to 8 x 8, antialiased; normalise with mean 0.4 and"
                + " std 0.2\n",
            "  seed            1\n")) {
      assertTrue(text.contains(line), text);
    }
  }

  @Test
  void inspectPrintsEverythingAsJson() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(Outcome.of("inspect", files.complete, "--format", "json").succeeds().out());
    assertEquals(files.complete.toString(), json.get("file").asText());
    assertEquals("safetensors", json.get("format").asText());
    assertEquals(Files.size(files.complete), json.get("bytes").asLong());
    assertEquals("nin4j", json.get("metadata").get("format").asText());
    assertTrue(json.get("metadata").get("architecture").asText().startsWith("{"));
    JsonNode tensor = json.get("tensors").get(2);
    assertEquals("2.weight", tensor.get("name").asText());
    assertEquals("F32", tensor.get("dtype").asText());
    assertEquals("[2,4,6,6]", tensor.get("shape").toString());
    assertEquals(288, tensor.get("elements").asLong());
    assertEquals(1152, tensor.get("bytes").asLong());
    assertEquals("{\"tensors\":4,\"elements\":330,\"bytes\":1320}", json.get("total").toString());
    assertEquals(0, json.get("graph").size());
  }

  @Test
  void inspectRefusesWhatIsNoModel() {
    Outcome.of("inspect", files.image).fails(1, "is not a model file of a known format (");
    Outcome.of("inspect", folder).fails(1, "is a folder; name a file in it");
    Outcome.of("inspect", folder.resolve("none.pt")).fails(1, "there is no such file");
  }
}
