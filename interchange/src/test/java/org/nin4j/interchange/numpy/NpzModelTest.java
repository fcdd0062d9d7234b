package org.nin4j.interchange.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.data.Normalize;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ZipBytes;
import org.nin4j.io.BlockModel;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.ModelTensors;
import org.nin4j.io.Models;
import org.nin4j.io.NamedTensor;
import org.nin4j.io.TensorInfo;

class NpzModelTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("model.npz");
  }

  static Model model(boolean quantized) {
    return quantized ? BlockModel.quantized() : BlockModel.plain();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aModelComesBackWholeWithoutOptions(boolean quantized) throws IOException {
    Model written = model(quantized);
    Models.write(file, written);
    Model read = Models.read(file);
    assertTrue(sameBits(written.weights(), read.weights()));
    assertEquals(written.network(), read.network());
    assertEquals(written.classes(), read.classes());
    assertEquals(written.preprocessing(), read.preprocessing());
    assertEquals(written.provenance(), read.provenance());
    assertEquals(written.quantization(), read.quantization());
  }

  @Test
  void equalModelsGiveEqualBytesInAllTimeZones() throws IOException {
    Models.write(file, model(true));
    byte[] first = Files.readAllBytes(file);
    TimeZone here = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("GMT+5"));
      Models.write(file, model(true));
    } finally {
      TimeZone.setDefault(here);
    }
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  @Test
  void aFileIsRecognizedByItsContentToo() throws IOException {
    Models.write(file, model(false));
    Path renamed = Files.copy(file, folder.resolve("model.dat"));
    assertTrue(sameBits(model(false).weights(), Models.read(renamed).weights()));
  }

  @Test
  void aFileIsDescribedWithItsMetadataAndTensors() throws IOException {
    Model model = model(true);
    Models.write(file, model);
    FileDescription description = Models.describe(file);
    ModelTensors content = ModelTensors.of(model);
    assertEquals("NumPy", description.format());
    assertEquals(Map.of("compression", "none"), description.properties());
    assertEquals(content.metadata(), description.metadata());
    assertEquals(
        content.tensors().stream().map(NamedTensor::toString).toList(),
        description.tensors().stream().map(tensor -> tensor.name() + " " + tensor).toList());
  }

  @Test
  void aSingleArrayIsDescribedButMakesNoModel() throws IOException {
    Path array = folder.resolve("images.npy");
    new NpyArray(List.of(2L, 1L), new float[] {1, 2}).write(array);
    FileDescription description = Models.describe(array);
    assertEquals(
        List.of("images F32 2x1"),
        description.tensors().stream().map(tensor -> tensor.name() + " " + tensor).toList());
    InvalidFileException e = assertThrows(InvalidFileException.class, () -> Models.read(array));
    assertTrue(e.getMessage().startsWith(array + ": is a single array"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "compressed.npz"})
  void archivesOfNumPyItselfAreRead(String name) throws IOException {
    try (InputStream in = NpzModelTest.class.getResourceAsStream(name)) {
      Files.write(file, in.readAllBytes());
    }
    try (NpzFile npz = NpzFile.open(file)) {
      assertEquals(name.equals("compressed.npz"), npz.compressed());
      assertEquals(
          List.of("F32 2x3x2", "U8 2", "I64 3"),
          npz.tensors().values().stream().map(TensorInfo::toString).toList());
      assertEquals(List.of("0.weight", "0.bias", "note"), List.copyOf(npz.tensors().keySet()));
      float[] expected = new float[12];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = i / 4f - 1;
      }
      assertArrayEquals(expected, npz.floats("0.weight"));
      assertArrayEquals(new float[] {1, 2}, npz.floats("0.bias"));
      assertThrows(InvalidFileException.class, () -> npz.floats("note"));
      assertTrue(npz.metadata().isEmpty());
    }
  }

  /** As {@code np.savez(file, **{name: t.numpy() for name, t in model.state_dict().items()})}. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theTensorsOfAnotherProgramBecomeAModelByOptions(boolean compressed) throws IOException {
    Model expected = model(false);
    ZipBytes zip = new ZipBytes();
    for (NamedTensor tensor : ModelTensors.of(expected).tensors()) {
      String shape = tensor.dims().toString().replace('[', '(').replace("]", ",)");
      byte[] bytes = NpyBytes.of("<f4", shape, NpyBytes.floats(tensor.values()));
      String name = "module." + tensor.name() + ".npy";
      if (compressed) {
        zip.deflated(name, bytes);
      } else {
        zip.stored(name, bytes);
      }
    }
    zip.stored("0.1.num_batches_tracked.npy", NpyBytes.of("<i8", "()", new byte[8]));
    Files.write(file, zip.bytes());
    ImportOptions options =
        ImportOptions.none()
            .network(model(false).network())
            .classes(expected.classes())
            .normalization(new Normalize(List.of(0.5f), List.of(0.25f)));
    assertTrue(sameBits(expected.weights(), Models.read(file, options).weights()));
    InvalidFileException e = assertThrows(InvalidFileException.class, () -> Models.read(file));
    assertTrue(e.getMessage().contains("--net"), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }
}
