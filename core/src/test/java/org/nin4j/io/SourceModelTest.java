package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.Preprocessing;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

class SourceModelTest {
  @TempDir Path folder;
  private Path file;
  private Model model;

  @BeforeEach
  void writeAModel() throws IOException {
    Network network = Networks.NIN_MNIST.build(Shape.of(1, 1, 8, 8), 2);
    model =
        new Model(
            network,
            Initializer.HE.initialize(network, 1),
            List.of("a", "b"),
            Preprocessing.unit(1, 8, 8),
            Map.of());
    file = folder.resolve("model.safetensors");
    Models.write(file, model);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Resources with one model and a list of names. */
  private PretrainedModels pretrained(String names) throws IOException {
    Map<String, byte[]> resources = new HashMap<>();
    resources.put("/org/nin4j/pretrained/names.txt", names.getBytes(StandardCharsets.UTF_8));
    resources.put("/org/nin4j/pretrained/digits.safetensors", Files.readAllBytes(file));
    return new PretrainedModels(
        name -> resources.containsKey(name) ? stream(resources.get(name)) : null);
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  @Test
  void aFileIsKnownByItsPathItsDigestAndItsSize() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (SourceModel read :
        List.of(SourceModel.read(file, ImportOptions.none()), SourceModel.read(file.toString()))) {
      assertEquals(Optional.of(file.toString()), read.name());
      assertEquals(sha256(bytes), read.sha256());
      assertEquals(bytes.length, read.bytes());
      assertTrue(sameBits(model.weights(), read.model().weights()));
    }
  }

  @Test
  void aModelInMemoryHasTheDigestOfTheFileThatItWouldBe() throws IOException {
    SourceModel inMemory = SourceModel.of(model);
    assertEquals(Optional.empty(), inMemory.name());
    assertEquals(SourceModel.read(file, ImportOptions.none()).sha256(), inMemory.sha256());
    assertEquals(Files.size(file), inMemory.bytes());
  }

  @Test
  void aModelOfTheLibraryIsReadByItsName() throws IOException {
    SourceModel read =
        SourceModel.read("digits", ImportOptions.none(), pretrained("other\n\ndigits\n"));
    assertEquals(Optional.of("digits"), read.name());
    assertEquals(sha256(Files.readAllBytes(file)), read.sha256());
    assertTrue(sameBits(model.weights(), read.model().weights()));
  }

  @Test
  void aFileIsFoundWhereThereAreModelsOfTheLibraryToo() throws IOException {
    PretrainedModels pretrained = pretrained("digits");
    assertEquals(
        Optional.of(file.toString()),
        SourceModel.read(file.toString(), ImportOptions.none(), pretrained).name());
    String missing = folder.resolve("none.safetensors").toString();
    IOException e =
        assertThrows(
            IOException.class, () -> SourceModel.read(missing, ImportOptions.none(), pretrained));
    assertTrue(e.getMessage().startsWith(missing + ": there is no such file"), e.getMessage());
  }

  @Test
  void anUnknownNameSuggestsTheMostSimilar() throws IOException {
    PretrainedModels pretrained = pretrained("digits\nletters");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SourceModel.read("digit", ImportOptions.none(), pretrained));
    assertEquals(
        "unknown model 'digit'; did you mean 'digits'? (one of: digits, letters), and there is no"
            + " file of that name",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> PretrainedModels.named("no such model"));
  }

  @Test
  void aLibraryWithoutAModelThatItListsIsDamaged() throws IOException {
    PretrainedModels pretrained = pretrained("gone");
    assertThrows(
        IllegalStateException.class,
        () -> SourceModel.read("gone", ImportOptions.none(), pretrained));
  }

  @Test
  void aFileThatIsCutOffIsRefusedWithItsPath() throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 500));
    IOException e =
        assertThrows(IOException.class, () -> SourceModel.read(file, ImportOptions.none()));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
  }

  @Test
  void allModelsOfTheLibraryAreSound() throws IOException {
    for (String name : PretrainedModels.names()) {
      assertEquals(Optional.of(name), SourceModel.read(name).name());
      assertTrue(PretrainedModels.named(name).classes().size() > 1);
    }
  }
}
