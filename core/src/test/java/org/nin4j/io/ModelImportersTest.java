package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.IncompleteFileException;
import org.nin4j.error.InvalidFileException;

/** Which format reads a file. */
class ModelImportersTest {
  @TempDir Path folder;

  /** A format whose files begin with its magic bytes. */
  private record Format(String format, String magic, List<String> extensions)
      implements ModelImporter {
    @Override
    public boolean recognizes(byte[] start) {
      return new String(start, StandardCharsets.ISO_8859_1).startsWith(magic);
    }

    @Override
    public ImportedModel read(Path file, ImportOptions options) throws IOException {
      if (magic.equals("\b")) {
        throw new IncompleteFileException(file, "its palette", "add one");
      }
      throw new OutOfMemoryError("Java heap space");
    }

    @Override
    public FileDescription describe(Path file) {
      TensorInfo large = new TensorInfo("large", Dtype.F32, List.of(Long.MAX_VALUE / 2, 1L));
      return new FileDescription(format, Map.of(), Map.of(), List.of(large), List.of());
    }
  }

  private static final ModelImporters IMPORTERS =
      new ModelImporters(
          () ->
              List.of(
                  new Format("Zip", "PK", List.of(".pt", ".pth")),
                  new Format("Proto", "\b", List.of(".onnx"))));

  private String formatOf(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content, StandardCharsets.ISO_8859_1);
    return IMPORTERS.of(file).format();
  }

  @Test
  void theContentDecidesBeforeTheExtension() throws IOException {
    String safetensors = "\10\0\0\0\0\0\0\0{}      ";
    assertEquals("safetensors", formatOf("model.safetensors", safetensors));
    assertEquals("safetensors", formatOf("model.pt", safetensors));
    assertEquals("safetensors", formatOf("model", safetensors));
    assertEquals("Zip", formatOf("model.safetensors", "PK\3\4"));
    assertEquals("Zip", formatOf("model.onnx", "PK\3\4"));
    assertEquals("Proto", formatOf("model.pt", "\b\7"));
  }

  @Test
  void otherFormatsAreNotLoadedForAFileOfOurOwn() throws IOException {
    ModelImporters importers =
        new ModelImporters(
            () -> {
              throw new AssertionError("they are not needed");
            });
    Path file = folder.resolve("model");
    Files.writeString(file, "\10\0\0\0\0\0\0\0{}      ", StandardCharsets.ISO_8859_1);
    assertEquals("safetensors", importers.of(file).format());
  }

  @Test
  void theExtensionDecidesWhereTheContentDoesNot() throws IOException {
    assertEquals("safetensors", formatOf("model.SafeTensors", "damaged"));
    assertEquals("Zip", formatOf("model.PTH", ""));
    assertEquals("Proto", formatOf("model.onnx", "damaged"));
  }

  @Test
  void anUnknownFileIsRefusedWithTheFormatsThatThereAre() throws IOException {
    IOException e = assertThrows(InvalidFileException.class, () -> formatOf("model.txt", "a text"));
    assertEquals(
        folder.resolve("model.txt")
            + ": is not a model file of a known format (safetensors, Zip, Proto)",
        e.getMessage());
    Path file = folder.resolve("model.txt");
    ModelImporters alone = new ModelImporters(List::of);
    assertEquals(
        file
            + ": is not a model file of a known format (safetensors; PyTorch, ONNX, Caffe and NumPy"
            + " files need nin4j-interchange)",
        assertThrows(InvalidFileException.class, () -> alone.of(file)).getMessage());
  }

  @Test
  void aMissingFileAndAFolderAreToldAsSuch() {
    assertTrue(
        assertThrows(IOException.class, () -> IMPORTERS.of(folder.resolve("none.pt")))
            .getMessage()
            .contains("there is no such file"));
    assertTrue(
        assertThrows(IOException.class, () -> IMPORTERS.of(folder))
            .getMessage()
            .contains("is a folder"));
  }

  @Test
  void aNameWithAnExtensionIsThatOfAFile() {
    assertTrue(IMPORTERS.isFileName("runs/model.Onnx"));
    assertFalse(IMPORTERS.isFileName("nin-small-cifar10"));
  }

  @Test
  void aModelThatDoesNotFitIntoTheMemoryIsToldWithItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("large.pt"), "PK");
    IOException e =
        assertThrows(InvalidFileException.class, () -> IMPORTERS.read(file, ImportOptions.none()));
    assertEquals(
        file
            + ": does not fit into Java's memory of "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MiB; raise the limit with -Xmx, for nin by NIN_JAVA_OPTS=-Xmx8g",
        e.getMessage());
    assertInstanceOf(OutOfMemoryError.class, e.getCause());
    assertThrows(InvalidFileException.class, () -> IMPORTERS.network(file, ImportOptions.none()));
  }

  @Test
  void whatAnImporterMissesItselfIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), "\b");
    assertEquals(
        file + ": does not say its palette; add one",
        assertThrows(
                IncompleteFileException.class, () -> IMPORTERS.read(file, ImportOptions.none()))
            .getMessage());
  }

  @Test
  void aDescriptionWithImpossibleSizesIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("large.pt"), "PK");
    IOException e = assertThrows(InvalidFileException.class, () -> IMPORTERS.describe(file));
    assertEquals(
        file
            + ": tensor 'large' is F32 4611686018427387903x1, more than a file can hold; the file is"
            + " damaged, write it again",
        e.getMessage());
  }

  /** As a service loader does when a library that a provider needs is missing. */
  @Test
  void aFormatThatCannotBeLoadedDoesNotKeepTheOthersFromReading() {
    ModelImporter sound = new Format("Zip", "PK", List.of(".pt"));
    Iterator<ModelImporter> found =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            if (next == 0) {
              next++;
              throw new ServiceConfigurationError("no such class");
            }
            return next <= 2;
          }

          @Override
          public ModelImporter next() {
            if (next++ == 1) {
              throw new NoClassDefFoundError("com/google/protobuf/Message");
            }
            return sound;
          }
        };
    assertEquals(List.of(sound), Providers.loadable(found));
  }

  @Test
  void aLoaderThatOnlyFailsComesToAnEnd() {
    Iterator<ModelImporter> broken =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            throw new ServiceConfigurationError("always");
          }

          @Override
          public ModelImporter next() {
            throw new AssertionError("there is none");
          }
        };
    assertEquals(List.of(), Providers.loadable(broken));
  }

  @Test
  void theExtensionSaysTheFormatToWrite() {
    assertEquals("safetensors", Models.exporter(Path.of("a.SAFETENSORS")).format());
    assertTrue(Models.writableExtensions().contains(".safetensors"));
    ModelExporters exporters = new ModelExporters(List.of(new SafeTensorsFormat()));
    assertEquals(
        "a.pt: its extension is not that of a format that can be written; use .safetensors;"
            + " PyTorch, ONNX, Caffe and NumPy files need nin4j-interchange",
        assertThrows(IllegalArgumentException.class, () -> exporters.of(Path.of("a.pt")))
            .getMessage());
  }

  @Test
  void theBytesOfATensorAreThoseOfItsElements() {
    assertEquals(24, new TensorInfo("t", Dtype.F32, List.of(2L, 3L)).bytes());
    assertEquals(8, new TensorInfo("t", Dtype.I64, List.of()).bytes());
    assertEquals(0, new TensorInfo("t", Dtype.F16, List.of(0L, 5L)).bytes());
    assertEquals(2, new TensorInfo("t", Dtype.F4, List.of(3L)).bytes());
  }
}
