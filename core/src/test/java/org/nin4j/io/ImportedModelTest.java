package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.CenterCrop;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.Resize;
import org.nin4j.data.ResizeShorterSide;
import org.nin4j.engine.Weights;
import org.nin4j.error.IncompleteFileException;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

/** What a file says, and what options have to say. */
class ImportedModelTest {
  private static final Network NETWORK = Networks.NIN_MNIST.build(Shape.of(1, 1, 8, 8), 2);
  private static final Weights WEIGHTS = Initializer.HE.initialize(NETWORK, 1);
  private static final Normalize GREY = new Normalize(List.of(0.5f), List.of(0.25f));

  /** All that a file of tensors does not say. */
  private static final ImportOptions OPTIONS =
      ImportOptions.none().network(NETWORK).classes(List.of("a", "b")).normalization(GREY);

  @TempDir Path folder;

  /** A file of tensors under other names. */
  private Path foreign;

  /** A file that says everything. */
  private Path ours;

  @BeforeEach
  void writeFiles() throws IOException {
    foreign = folder.resolve("foreign.safetensors");
    write(foreign, WEIGHTS);
    ours = folder.resolve("ours.safetensors");
    Models.write(
        ours,
        new Model(
            NETWORK, WEIGHTS, List.of("a", "b"), Preprocessing.unit(1, 8, 8), Map.of("seed", "1")));
  }

  private static void write(Path file, Weights weights) throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Parameter parameter : NETWORK.parameters()) {
      tensors.add(
          NamedTensor.of(
              "features." + tensors.size(), parameter.shape(), weights.values(parameter.name())));
    }
    SafeTensors.write(file, Map.of("format", "pt"), tensors);
  }

  private static <E extends Exception> E refused(Class<E> type, Path file, ImportOptions options) {
    E e = assertThrows(type, () -> Models.read(file, options));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    return e;
  }

  private static void assertRefused(
      Class<? extends Exception> type, Path file, ImportOptions options, String complaint) {
    assertEquals(file + ": " + complaint, refused(type, file, options).getMessage());
  }

  @Test
  void aFileOfTensorsAndOptionsMakeAModel() throws IOException {
    Model model = Models.read(foreign, OPTIONS);
    assertEquals(NETWORK, model.network());
    assertTrue(sameBits(WEIGHTS, model.weights()));
    assertEquals(List.of("a", "b"), model.classes());
    assertEquals(List.of(new Resize(8, 8, true), GREY), model.preprocessing().steps());
    assertEquals(Map.of(ImportedModel.TENSORS, "in the order of the file"), model.provenance());
  }

  @Test
  void aModelOfAForeignFileIsWrittenWithAllThatTheOptionsSay() throws IOException {
    Model model = Models.read(foreign, OPTIONS);
    Path file = folder.resolve("complete.safetensors");
    Models.write(file, model);
    Model read = Models.read(file);
    assertEquals(model.classes(), read.classes());
    assertEquals(model.preprocessing(), read.preprocessing());
    assertEquals(model.provenance(), read.provenance());
    assertTrue(sameBits(WEIGHTS, read.weights()));
  }

  /** torchvision: Resize(9), CenterCrop(8), ToTensor(), Normalize(...). */
  @Test
  void imagesCanBeCropped() throws IOException {
    assertEquals(
        List.of(new ResizeShorterSide(9, true), new CenterCrop(8, 8), GREY),
        Models.read(foreign, OPTIONS.shorterSide(9)).preprocessing().steps());
  }

  @Test
  void allThatIsMissingIsToldAtOnce() {
    IncompleteFileException e =
        refused(IncompleteFileException.class, foreign, ImportOptions.none());
    assertEquals(
        foreign
            + ": does not say its architecture, classes and preprocessing; add --net, --classes,"
            + " --mean and --std as in training (in Java: ImportOptions.network, classes and"
            + " normalization)",
        e.getMessage());
    assertEquals("its architecture, classes and preprocessing", e.missing());
  }

  @Test
  void onlyWhatIsMissingIsTold() {
    assertRefused(
        IncompleteFileException.class,
        foreign,
        ImportOptions.none().network(NETWORK),
        "does not say its classes and preprocessing; add --classes, --mean and --std as in training"
            + " (in Java: ImportOptions.classes and normalization)");
    assertRefused(
        IncompleteFileException.class,
        foreign,
        ImportOptions.none().classes(List.of("a", "b")).normalization(GREY),
        "does not say its architecture; add --net as in training (in Java: ImportOptions.network)");
    assertRefused(
        IncompleteFileException.class,
        foreign,
        ImportOptions.none().network(NETWORK).normalization(GREY),
        "does not say its classes; add --classes as in training (in Java: ImportOptions.classes)");
    assertRefused(
        IncompleteFileException.class,
        foreign,
        ImportOptions.none().network(NETWORK).classes(List.of("a", "b")).shorterSide(9),
        "does not say its preprocessing; add --mean and --std as in training (in Java:"
            + " ImportOptions.normalization)");
  }

  @Test
  void whatAFileSaysItselfCannotBeSaidAgain() {
    ImportOptions none = ImportOptions.none();
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    assertRefused(
        type,
        ours,
        none.network(NETWORK),
        "the file itself says its architecture; leave out --net (in Java: ImportOptions.network)");
    assertRefused(
        type,
        ours,
        none.classes(List.of("a", "b")),
        "the file itself says its classes; leave out --classes (in Java: ImportOptions.classes)");
    assertRefused(
        type,
        ours,
        none.normalization(GREY),
        "the file itself says its preprocessing; leave out --mean and --std (in Java:"
            + " ImportOptions.normalization)");
    assertRefused(
        type,
        ours,
        none.shorterSide(9),
        "the file itself says its preprocessing; leave out --crop (in Java:"
            + " ImportOptions.shorterSide)");
    assertRefused(
        type,
        ours,
        none.tensorNames(Map.of("0.0.weight", "x")),
        "the file itself says which tensor is which parameter; leave out --map (in Java:"
            + " ImportOptions.tensorNames)");
    assertRefused(
        type,
        ours,
        none.definition(Path.of("net.prototxt")),
        "is a file of safetensors, which has no second file for the architecture; leave out"
            + " --prototxt (in Java: ImportOptions.definition)");
  }

  @Test
  void aModelOfTheLibraryTakesNoOptions() {
    String name = PretrainedModels.names().get(0);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> SourceModel.read(name, OPTIONS));
    assertTrue(e.getMessage().startsWith(name + ": is a model of this library"), e.getMessage());
  }

  @Test
  void optionsMustFitTheNetwork() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    assertRefused(
        type,
        foreign,
        OPTIONS.classes(List.of("a", "b", "c")),
        "there are 3 class names, but network 'nin-mnist' tells 2 classes apart");
    assertRefused(
        type,
        foreign,
        OPTIONS.normalization(new Normalize(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f))),
        "network 'nin-mnist' takes 1 channel, but --mean and --std have 3 values (in Java:"
            + " ImportOptions.normalization)");
    assertRefused(
        type,
        foreign,
        OPTIONS.shorterSide(7),
        "network 'nin-mnist' takes the centre of 8x8 pixels, but the shorter side of images shall have"
            + " 7; --crop must be at least 8 (in Java: ImportOptions.shorterSide)");
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() throws IOException {
    Weights broken = Initializer.HE.initialize(NETWORK, 1);
    broken.values(0)[3] = Float.NaN;
    write(foreign, broken);
    InvalidFileException e = refused(InvalidFileException.class, foreign, OPTIONS);
    assertTrue(e.getMessage().contains("nothing to compute with"), e.getMessage());
  }

  @Test
  void theArchitectureIsKnownWithoutClassesAndPreprocessing() throws IOException {
    assertEquals(NETWORK, Models.network(ours, ImportOptions.none()));
    assertEquals(NETWORK, Models.network(foreign, ImportOptions.none().network(NETWORK)));
    IncompleteFileException e =
        assertThrows(
            IncompleteFileException.class, () -> Models.network(foreign, ImportOptions.none()));
    assertEquals("its architecture", e.missing());
    Network wider = Networks.NIN_MNIST.build(Shape.of(1, 3, 8, 8), 2);
    assertThrows(
        InvalidFileException.class,
        () -> Models.network(foreign, ImportOptions.none().network(wider)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Models.network(ours, ImportOptions.none().network(NETWORK)));
  }

  @Test
  void optionsKeepCopies() {
    List<String> names = new ArrayList<>(List.of("a"));
    ImportOptions options = ImportOptions.none().classes(names);
    names.add("b");
    assertEquals(List.of("a"), options.classes().orElseThrow());
    assertEquals(ImportOptions.none().classes(List.of("a")), options);
  }
}
