package org.nin4j.interchange.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ZipFileReader;
import org.nin4j.interchange.internal.ZipRecord;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.ModelImporter;
import org.nin4j.io.Models;
import org.nin4j.io.TensorInfo;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;

class PyTorchFormatTest {
  private static final ImportOptions SMALL =
      ImportOptions.none()
          .network(SmallModel.NETWORK)
          .classes(List.of("a", "b", "c"))
          .normalization(new Normalize(List.of(0f), List.of(1f)));

  @TempDir Path folder;

  private Path written(Model model) throws IOException {
    Path file = folder.resolve("model.pt");
    Models.write(file, model);
    return file;
  }

  @Test
  void aModelComesBackWhole() throws IOException {
    Model model = SmallModel.random();
    Model read = Models.read(written(model));
    assertEquals(model.network(), read.network());
    assertEquals(model.classes(), read.classes());
    assertEquals(model.preprocessing(), read.preprocessing());
    assertEquals(model.provenance(), read.provenance());
    assertTrue(sameBits(model.weights(), read.weights()));
  }

  @Test
  void everyFiniteNumberKeepsItsBits() throws IOException {
    Weights weights = Weights.zeros(SmallModel.NETWORK);
    float[] extremes = {
      -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE
    };
    for (int i = 0; i < weights.count(); i++) {
      float[] values = weights.values(i);
      for (int k = 0; k < values.length; k++) {
        values[k] = extremes[(i + k) % extremes.length];
      }
    }
    assertTrue(sameBits(weights, Models.read(written(SmallModel.with(weights))).weights()));
  }

  @Test
  void equalModelsGiveEqualBytes() throws IOException {
    byte[] first = Files.readAllBytes(written(SmallModel.random()));
    assertArrayEquals(first, Files.readAllBytes(written(SmallModel.random())));
  }

  @Test
  void recordsAreStoredAtMultiplesOf64AsPyTorchStoresThem() throws IOException {
    try (ZipFileReader zip = ZipFileReader.open(written(SmallModel.random()))) {
      for (ZipRecord record : zip.entries()) {
        assertEquals(0, record.start() % 64, record.name());
        assertFalse(record.deflated());
      }
      assertEquals("archive/data.pkl", zip.entries().iterator().next().name());
    }
  }

  @Test
  void aFileIsDescribedWithoutItsNumbers() throws IOException {
    FileDescription description = Models.describe(written(SmallModel.random()));
    assertEquals("PyTorch", description.format());
    assertEquals("{format version=3, byte order=little}", description.properties().toString());
    assertEquals("nin4j", description.metadata().get("format"));
    assertEquals(
        """
        0.0.weight F32 2x1x3x3
        0.0.bias F32 2
        0.1.weight F32 2
        0.1.bias F32 2
        0.1.running_mean F32 2
        0.1.running_var F32 2
        0.1.num_batches_tracked I64 scalar
        1.weight F32 3x2x1x1
        1.bias F32 3""",
        description.tensors().stream()
            .map(tensor -> tensor.name() + " " + tensor)
            .collect(Collectors.joining("\n")));
  }

  @Test
  void aQuantizedModelIsRefused() throws IOException {
    Path file = folder.resolve("model.pt");
    Model quantized = SmallModel.quantized();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Models.write(file, quantized));
    assertEquals(
        file
            + ": a .pt file holds no model of 8-bit integers; write the model before it was"
            + " quantized, or write .onnx or .safetensors",
        e.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void aTextThatTheFormatCannotHoldIsRefused() {
    Path file = folder.resolve("model.pt");
    Map.of("", "x", "k".repeat(1_001), "x", "half a pair", "\ud800", "long", "x".repeat(16 << 20))
        .forEach(
            (key, text) -> {
              Model model = SmallModel.with(SmallModel.random().weights(), Map.of(key, text));
              IllegalArgumentException e =
                  assertThrows(IllegalArgumentException.class, () -> Models.write(file, model));
              assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
              assertFalse(Files.exists(file));
            });
  }

  @Test
  void theContentSaysWhatAFileIs() throws IOException {
    PyTorchFormat format = new PyTorchFormat();
    byte[] content = Files.readAllBytes(written(SmallModel.random()));
    assertTrue(format.recognizes(Arrays.copyOf(content, ModelImporter.START)));
    byte[] zip = "PK\3\4..........................\1\0..a".getBytes(StandardCharsets.US_ASCII);
    assertFalse(format.recognizes(zip));
    byte[] pickle = {(byte) 0x80, 2, '}', '.'};
    assertTrue(format.recognizes(pickle));
    assertFalse(format.recognizes(new byte[0]));
    assertFalse(format.recognizes(new byte[512]));
  }

  /** What PyTorch itself has written; {@code make.py} beside the files says how. */
  private Path resource(String name) throws IOException {
    try (InputStream in = PyTorchFormatTest.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  @Test
  void aCheckpointOfPyTorchIsRead() throws IOException {
    Path file = resource("checkpoint.pt");
    assertEquals(
        "{format version=3, byte order=little, state_dict=under 'state_dict', also holds='epoch'"
            + " (3), 'arch' ('nin'), 'best' (tensor F32 []), 'optimizer' (dict of 2), 'schedule'"
            + " (dict of 8)}",
        Models.describe(file).properties().toString());
    try (TorchSource source = TorchSource.open(file)) {
      assertEquals(
          List.of(
              "module.0.weight",
              "module.1.weight",
              "module.1.bias",
              "module.1.running_mean",
              "module.1.running_var",
              "module.1.num_batches_tracked"),
          source.tensors().values().stream().map(TensorInfo::name).toList());
      float[] eighths = new float[18];
      for (int i = 0; i < eighths.length; i++) {
        eighths[i] = i / 8f;
      }
      assertArrayEquals(eighths, source.floats("module.0.weight"));
      assertArrayEquals(new float[] {0, 0.125f}, source.floats("module.1.running_var"));
    }
  }

  @Test
  void viewsAndTypesOfPyTorchAreRead() throws IOException {
    try (TorchSource source = TorchSource.open(resource("views.pt"))) {
      assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, source.floats("transposed"));
      assertArrayEquals(new float[] {4, 5, 6, 7}, source.floats("slice"));
      assertArrayEquals(new float[] {1, 5, 9}, source.floats("column"));
      assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, source.floats("channels_last"));
      for (String name : List.of("half", "bfloat16", "double")) {
        assertArrayEquals(new float[] {0.5f, -2}, source.floats(name), name);
      }
      assertArrayEquals(new float[] {7}, source.floats("scalar"));
      assertArrayEquals(new float[] {1, 1}, source.floats("parameter"));
      assertArrayEquals(new float[0], source.floats("empty"));
      assertEquals(List.of(0L, 3L), source.tensors().get("empty").dims());
    }
    try (TorchSource source = TorchSource.open(resource("protocol4.pt"))) {
      assertEquals(List.of("weight", "bias"), List.copyOf(source.tensors().keySet()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          legacy.pt  | is a bare pickle or a tar archive, as PyTorch wrote them before version 1.6
          legacy.pt  | torch.save(torch.load(FILE), "weights.pt")
          network.pt | holds a whole network as Python code ('torch.nn.modules.linear.Linear')
          network.pt | torch.save(model.state_dict(), "weights.pt")
          """)
  void whatElsePyTorchWritesIsTold(String name, String words) throws IOException {
    refused(resource(name), words);
  }

  private static void refused(Path file, String words) {
    InvalidFileException e =
        assertThrows(InvalidFileException.class, () -> Models.read(file, SMALL));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void otherArchivesAreTold() throws IOException {
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    refused(Files.write(folder.resolve("old.pt"), tar), "is a bare pickle or a tar archive");

    TorchFile script = new TorchFile(PickleBytes.start().ascii("N."));
    script.record("constants.pkl", "").zip().deflated("m/code/x.py", new byte[100]);
    refused(
        script.write(folder),
        "is a TorchScript program; save its weights alone in Python:"
            + " torch.save(torch.jit.load(FILE).state_dict(), \"weights.pt\")");

    TorchFile deflated = new TorchFile(PickleBytes.start().ascii("N."));
    deflated.zip().deflated("m/data/0", new byte[100]);
    refused(deflated.write(folder), "its entry 'm/data/0' is compressed, and data must be stored");

    TorchFile two = new TorchFile(PickleBytes.start().ascii("N."));
    two.zip().stored("other/data.pkl", "");
    refused(two.write(folder), "is a zip archive with several records 'NAME/data.pkl'");

    refused(
        new TorchFile(PickleBytes.start().ascii("N."), "99").write(folder),
        "has PyTorch's format version 99, and 1 to 10 are read");
    refused(
        new TorchFile(PickleBytes.start().ascii("N."), "new").write(folder),
        "has no record 'version' with a number");
  }

  @Test
  void aPickleOfMoreThan16MiBIsNotRead() throws IOException {
    PickleBytes pickle = PickleBytes.start();
    pickle.hex("42 00 00 00 01").ascii("\0".repeat(1 << 24)).ascii(".");
    Path file = new TorchFile(pickle).write(folder);
    refused(file, "its entry 'm/data.pkl' has 16777224 bytes, and at most 16777216 are read");
  }

  /** 29 MB in a heap of 256 MB. */
  @Test
  void thePresetOfThePaperComesBack() throws IOException {
    Network network = Networks.NIN.build();
    Weights weights = Weights.zeros(network);
    for (int i = 0; i < weights.count(); i++) {
      Arrays.fill(weights.values(i), i + 0.5f);
    }
    Path file = folder.resolve("nin.pt");
    Models.write(
        file,
        new Model(
            network,
            weights,
            Collections.nCopies(network.classes(), "c"),
            Preprocessing.unit(
                network.input().channels(), network.input().height(), network.input().width()),
            Map.of()));
    assertTrue(sameBits(weights, Models.read(file).weights()));
  }
}
