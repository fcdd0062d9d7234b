package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.data.Idx;
import org.nin4j.data.ImageFiles;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.error.ClosedException;
import org.nin4j.error.InvalidFileException;
import org.nin4j.error.InvalidModelException;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.SafeTensors;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.ShapeException;

/** Each kind of error, met through the public API, has its type and its sentence. */
class ErrorsTest {
  private static final Network NETWORK =
      new Network(
          "rows",
          Shape.of(1, 1, 2, 2),
          new Sequential(List.of(new Flatten(), new Linear(4, 2, true))));

  @TempDir Path folder;

  private static Model model(float weight) {
    Weights weights = Weights.zeros(NETWORK);
    Arrays.fill(weights.values("1.weight"), weight);
    return new Model(NETWORK, weights, List.of("a", "b"), Preprocessing.unit(1, 2, 2), Map.of());
  }

  private static Classifier classifier(Model model) {
    return Classifier.builder(model).engine(new ReferenceEngine()).replicas(1).build();
  }

  /** Everything that reads a file. */
  private enum Reader {
    NETWORK_JSON {
      @Override
      void read(Path file) throws IOException {
        NetworkJson.read(file);
      }
    },
    TENSORS {
      @Override
      void read(Path file) throws IOException {
        SafeTensors.read(file);
      }
    },
    MODEL {
      @Override
      void read(Path file) throws IOException {
        Models.read(file);
      }
    },
    CLASSIFIER {
      @Override
      void read(Path file) throws IOException {
        Classifier.load(file).close();
      }
    },
    IMAGE {
      @Override
      void read(Path file) throws IOException {
        ImageFiles.read(file, 1);
      }
    },
    DATA {
      @Override
      void read(Path file) throws IOException {
        Idx.read(file, file, "data", List.of("a", "b"));
      }
    };

    abstract void read(Path file) throws IOException;
  }

  private static <T extends Throwable> T refused(Class<T> type, Reader reader, Path file) {
    T refused = assertThrows(type, () -> reader.read(file));
    assertSame(type, refused.getClass());
    assertTrue(refused.getMessage().startsWith(file + ": "), refused.getMessage());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    return refused;
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aMissingFile(Reader reader) {
    Path file = folder.resolve("none");
    assertEquals(
        file + ": there is no such file; check the path",
        refused(NoSuchFileException.class, reader, file).getMessage());
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aFolder(Reader reader) {
    assertEquals(
        folder + ": is a folder; name a file in it",
        refused(FileSystemException.class, reader, folder).getMessage());
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aFileThatMayNotBeRead(Reader reader) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "x");
    assumeTrue(
        file.toFile().setReadable(false) && !Files.isReadable(file), "everything is allowed");
    assertEquals(
        file + ": may not be read; change its permissions",
        refused(AccessDeniedException.class, reader, file).getMessage());
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void aFileOfAnotherFormat(Reader reader) throws IOException {
    Path file =
        Files.writeString(folder.resolve("poem"), "Shall I compare thee to a summer's day?");
    InvalidFileException refused = refused(InvalidFileException.class, reader, file);
    assertEquals(Optional.of(file), refused.file());
    assertEquals(file.toString(), refused.source());
  }

  @ParameterizedTest
  @EnumSource(Reader.class)
  void anEmptyFile(Reader reader) throws IOException {
    Path file = Files.createFile(folder.resolve("empty"));
    assertEquals(Optional.of(file), refused(InvalidFileException.class, reader, file).file());
  }

  @Test
  void aDefectHasItsOffset() throws IOException {
    Path cut = folder.resolve("cut.safetensors");
    Models.write(cut, model(1));
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 5));
    assertEquals(
        OptionalLong.of(bytes.length - 5),
        refused(InvalidFileException.class, Reader.MODEL, cut).offset());
    Path changed = folder.resolve("changed.safetensors");
    bytes[8] = '[';
    Files.write(changed, bytes);
    assertEquals(
        OptionalLong.of(8), refused(InvalidFileException.class, Reader.TENSORS, changed).offset());
    Path idx = Files.write(folder.resolve("idx"), new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0});
    assertEquals(
        OptionalLong.of(10), refused(InvalidFileException.class, Reader.DATA, idx).offset());
  }

  @Test
  void aDefectInJsonHasItsLineAndColumn() throws IOException {
    Path file = Files.writeString(folder.resolve("net.json"), "{\n  \"name\" 3}");
    InvalidFileException refused = refused(InvalidFileException.class, Reader.NETWORK_JSON, file);
    assertTrue(
        refused.getMessage().startsWith(file + ": not valid JSON at line 2, column 10"),
        refused.getMessage());
    assertEquals(OptionalLong.empty(), refused.offset());
  }

  @Test
  void aNetworkThatCannotRunIsABadFileButInMemoryBadInput() throws IOException {
    String json = NetworkJson.write(NETWORK).replace("\"in_features\": 4", "\"in_features\": 5");
    Path file = Files.writeString(folder.resolve("net.json"), json);
    refused(InvalidFileException.class, Reader.NETWORK_JSON, file);
    assertThrows(ShapeException.class, () -> NetworkJson.read(json, "text"));
    assertThrows(IllegalArgumentException.class, () -> NetworkJson.read("{", "text"));
  }

  @Test
  void aFileThatCannotBeWritten() throws IOException {
    Path none = folder.resolve("none/model.safetensors");
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> Models.write(none, model(1)));
    assertTrue(refused.getMessage().startsWith(none + ": the folder "), refused.getMessage());
    Path long300 = folder.resolve("x".repeat(300) + ".safetensors");
    assertTrue(
        assertThrows(FileSystemException.class, () -> Models.write(long300, model(1)))
            .getMessage()
            .startsWith(long300 + ": the name is too long"));
    Path inTheWay = Files.createDirectories(folder.resolve("folder.safetensors"));
    assertEquals(
        inTheWay + ": is a folder; name a file in it",
        assertThrows(FileSystemException.class, () -> Models.write(inTheWay, model(1)))
            .getMessage());
  }

  @Test
  void aModelThatCannotBeUsed() {
    byte[] pixels = {-1, -1, -1, -1};
    try (Classifier classifier = classifier(model(Float.NaN))) {
      assertThrows(InvalidModelException.class, () -> classifier.predict(pixels, 1, 2, 2));
    }
    assertThrows(
        InvalidModelException.class,
        () ->
            Classifier.builder(model(1))
                .engine(new ReferenceEngine())
                .precision(Precision.INT8)
                .build());
  }

  @Test
  void useAfterClosing() {
    byte[] pixels = new byte[4];
    Classifier classifier = classifier(model(1));
    classifier.close();
    assertThrows(ClosedException.class, () -> classifier.predict(pixels, 1, 2, 2));
    assertThrows(ClosedException.class, () -> classifier.classify(pixels, 1, 2, 2, new float[2]));
    ReferenceEngine engine = new ReferenceEngine();
    PlanSpec spec = PlanSpec.of(NETWORK, 1, Precision.FP32, null);
    InferencePlan plan = engine.compileInference(spec, engine.prepare(NETWORK));
    plan.close();
    assertThrows(ClosedException.class, () -> plan.run(new float[4], 0, 1, new float[2], 0));
  }

  @Test
  void badInput() {
    try (Classifier classifier = classifier(model(1))) {
      assertThrows(IllegalArgumentException.class, () -> classifier.predict(new byte[3], 1, 2, 2));
    }
  }

  @Test
  void anInvalidFileCanBeSerialized() throws IOException {
    Path file = Path.of("x");
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(new InvalidFileException(file, 3, "is odd", null));
    }
  }
}
