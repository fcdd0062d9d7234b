package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidModelException;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.schedule.Schedule;

/** Trainings that start from a model of the three kinds of stripes. */
class FineTuningTest {
  private static final List<String> HEAD =
      List.of("5.0.weight", "5.0.bias", "5.2.weight", "5.2.bias", "5.4.weight", "5.4.bias");
  private static final List<String> REST =
      List.of("0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var");

  private static Model stripes;

  /** The stripes of some of the classes, under other names. */
  private record Some(ImageDataset all, List<String> classes) implements ImageDataset {
    @Override
    public String name() {
      return "some " + all.name();
    }

    @Override
    public int channels() {
      return all.channels();
    }

    @Override
    public int size() {
      return all.size() / 3 * classes.size();
    }

    @Override
    public int label(int index) {
      return index % classes.size();
    }

    @Override
    public DecodedImage image(int index) {
      return all.image(index / classes.size() * 3 + label(index));
    }
  }

  @BeforeAll
  static void trainOnStripes() throws IOException {
    stripes = TinyTask.trainer(TinyTask.recipe()).train().model();
  }

  private static DatasetSplits data(String... classes) {
    List<String> names = List.of(classes);
    return new DatasetSplits(
        new Some(TinyTask.data().train(), names),
        new Some(TinyTask.data().testOrValidation(), names));
  }

  private static Trainer trainer(DatasetSplits data, Recipe recipe) {
    Network network = stripes.network().withClasses(data.train().classes().size());
    return new Trainer(Engines.reference(), network, data, recipe);
  }

  /** Two classes instead of three. */
  private static Trainer twoClasses(Recipe recipe) {
    return trainer(data("lying", "standing"), recipe).from(stripes);
  }

  /** An epoch in which no step changes a weight: the first loss is that of the start. */
  private static Recipe still() {
    return TinyTask.with(
        TinyTask.recipe().with(r -> r.epochs(1)),
        new OptimizerConfig.Sgd(0, false, 0),
        Schedule.constant(1e-30));
  }

  private static Start start(Trainer trainer) {
    return trainer.prepare().setup().start().orElseThrow();
  }

  @Test
  void otherClassesGetANewLastBlockAndKeepTheRest() throws IOException {
    Trainer trainer = twoClasses(still()).seed(5);
    assertEquals(HEAD, start(trainer).renewed());
    Weights weights = trainer.train().model().weights();
    Weights anew = TinyTask.recipe().initializer().initialize(stripes.network().withClasses(2), 5);
    for (String name : HEAD) {
      assertArrayEquals(anew.values(name), weights.values(name), name);
    }
    for (String name : List.of("0.weight", "0.bias", "1.weight", "1.bias")) {
      assertArrayEquals(stripes.weights().values(name), weights.values(name), name);
    }
  }

  @Test
  void runningStatisticsAreTakenOverToo() {
    Weights weights = Initializer.HE.initialize(stripes.network().withClasses(2), 1);
    WeightTransfer transfer =
        WeightTransfer.of(stripes, stripes.network().withClasses(2), List.of("a", "b"));
    assertEquals(REST, transfer.taken());
    assertEquals(HEAD, transfer.renewed());
    transfer.copyTo(weights);
    for (String name : List.of("1.running_mean", "1.running_var")) {
      assertArrayEquals(stripes.weights().values(name), weights.values(name), name);
    }
  }

  @Test
  void theSameClassesTakeOverEverything() throws IOException {
    Trainer trainer = trainer(TinyTask.data(), still()).from(stripes);
    assertEquals(List.of(), start(trainer).renewed());
    Weights weights = trainer.train().model().weights();
    for (Parameter parameter : stripes.network().parameters()) {
      if (parameter.trainable()) {
        assertArrayEquals(
            stripes.weights().values(parameter.name()),
            weights.values(parameter.name()),
            parameter.name());
      }
    }
  }

  @Test
  void asManyClassesOfOtherNamesOrInAnotherOrderGetANewLastBlock() {
    assertEquals(HEAD, start(trainer(data("x", "y", "z"), still()).from(stripes)).renewed());
    assertEquals(
        HEAD,
        start(trainer(data("none", "vertical", "horizontal"), still()).from(stripes)).renewed());
  }

  @Test
  void anotherArchitectureTakesOverWhatHasTheSameNameShapeAndRole() {
    Sequential layers =
        new Sequential(
            new Conv2d(1, 6, 3, 1, 1),
            new Conv2d(6, 6, 1), // its bias has the name and shape of that of a BatchNorm2d
            new ReLU(),
            new Conv2d(6, 3, 5),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    WeightTransfer transfer =
        WeightTransfer.of(
            stripes, new Network("other", Shape.of(1, 1, 8, 8), layers), stripes.classes());
    assertEquals(List.of("0.weight", "0.bias"), transfer.taken());
    assertEquals(List.of("1.weight", "1.bias", "3.weight", "3.bias"), transfer.renewed());
  }

  @Test
  void aNetworkThatSharesNothingWithTheModelIsRefused() {
    Network other = Networks.NIN_MNIST.build(Shape.of(1, 1, 8, 8), 3);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> WeightTransfer.of(stripes, other, stripes.classes()));
    assertTrue(
        e.getMessage().startsWith("network 'nin-mnist' can take over nothing"), e.getMessage());
  }

  @Test
  void theImagesArePreparedAsTheModelExpectsThem() throws IOException {
    Model model = twoClasses(still()).train().model();
    assertEquals(stripes.preprocessing(), model.preprocessing());
    // The mean of the images of two classes is another one.
    Preprocessing own = trainer(data("lying", "standing"), still()).train().model().preprocessing();
    assertNotEquals(own, model.preprocessing());
    Network larger = stripes.network().withInputSize(12, 10).withClasses(2);
    assertEquals(
        stripes.preprocessing().withSize(12, 10),
        start(new Trainer(Engines.reference(), larger, data("a", "b"), still()).from(stripes))
            .preprocessing());
  }

  @Test
  void preprocessingForAnotherSizeHasTheSameSteps() {
    Preprocessing stretched = Preprocessing.unit(1, 8, 8);
    assertEquals(Preprocessing.unit(1, 12, 10), stretched.withSize(12, 10));
    assertEquals(
        Preprocessing.unit(1, 12, 10).antialiased(), stretched.antialiased().withSize(12, 10));
    Preprocessing cropped = Preprocessing.unit(3, 224, 200).centerCropped(256);
    assertEquals(cropped, cropped.withSize(224, 200));
    assertEquals(Preprocessing.unit(3, 112, 112).centerCropped(128), cropped.withSize(112, 112));
    assertEquals(Preprocessing.unit(3, 50, 98).centerCropped(112), cropped.withSize(50, 98));
  }

  @Test
  void fineTuningLearnsFasterThanTraining() throws IOException {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(2));
    double tuned = twoClasses(recipe).train().history().get(1).evaluation().loss();
    double trained =
        trainer(data("lying", "standing"), recipe).train().history().get(1).evaluation().loss();
    assertTrue(tuned < trained, tuned + " and " + trained);
  }

  @Test
  void aModelContainsWhereItStartedFrom() throws IOException {
    SourceModel read =
        new SourceModel(Optional.of("/home/me/stripes.safetensors"), "0".repeat(64), 1, stripes);
    Map<String, String> provenance =
        trainer(data("a", "b"), still()).from(read).freeze("1", "0").train().model().provenance();
    assertEquals("stripes.safetensors", provenance.get("from"));
    assertEquals("0,1", provenance.get("frozen"));
    Map<String, String> inMemory = twoClasses(still()).train().model().provenance();
    assertNull(inMemory.get("from"));
    assertNull(inMemory.get("frozen"));
  }

  @Test
  void theSetupIdentifiesTheModel() {
    Start start = start(twoClasses(still()));
    assertEquals(Optional.empty(), start.model());
    assertEquals(SourceModel.of(stripes).sha256(), start.sha256());
    assertEquals(start, start(twoClasses(still())));
  }

  @Test
  void aTrainingStoppedAfterAnyStepResumesToTheSameBitsWithoutTheModel() throws IOException {
    Recipe recipe = TinyTask.recipe().with(r -> r.epochs(2));
    Model straight = twoClasses(recipe).freeze("0").train().model();
    for (int step = 1; step < 9; step += 3) {
      MemoryStore store = new MemoryStore();
      Trainer stopped = twoClasses(recipe).freeze("0").store(store);
      assertTrue(StopAfter.steps(step).run(stopped).interrupted());
      TrainingSetup setup = store.checkpoints.get(0).setup();
      Model resumed =
          Trainer.of(Engines.reference(), data("lying", "standing"), setup)
              .store(store)
              .train()
              .model();
      assertTrue(sameBits(straight.weights(), resumed.weights()), "after step " + step);
      assertEquals(straight.preprocessing(), resumed.preprocessing());
      assertEquals(straight.provenance(), resumed.provenance());
    }
  }

  @Test
  void aModelInMemoryIsNeededUntilTheFirstCheckpoint() {
    TrainingSetup setup = twoClasses(still()).prepare().setup();
    Trainer again = Trainer.of(Engines.reference(), data("lying", "standing"), setup);
    IOException e = assertThrows(IOException.class, again::train);
    assertTrue(e.getMessage().contains("was not read from a file"), e.getMessage());
  }

  @Test
  void aQuantizedModelIsNoStart() {
    Map<String, QuantizedLayer> layers =
        Quantization.quantizable(stripes.network()).stream()
            .collect(
                Collectors.toMap(
                    placed -> placed.path(), placed -> oneScale(placed.parameters().get(0))));
    Weights weights = stripes.weights().copy();
    layers.forEach((path, layer) -> layer.round(weights.values(path + ".weight")));
    Model quantized =
        new Model(
            stripes.network(),
            weights,
            stripes.classes(),
            stripes.preprocessing(),
            Map.of(),
            new Quantization(layers));
    Trainer trainer = trainer(TinyTask.data(), still());
    InvalidModelException e =
        assertThrows(InvalidModelException.class, () -> trainer.from(quantized));
    assertTrue(e.getMessage().contains("is quantized and cannot be trained"), e.getMessage());
  }

  private static QuantizedLayer oneScale(Parameter weight) {
    List<Float> scales = new ArrayList<>();
    for (int i = 0; i < weight.shape().dim(0); i++) {
      scales.add(0.01f);
    }
    return new QuantizedLayer(new QuantizationParameters(0.02f, 128), scales);
  }

  @Test
  void aModelOfColourImagesIsNoStartForGreyOnes() {
    Network network = Networks.NIN_CIFAR10.build(Shape.of(1, 3, 8, 8), 3);
    Model colour =
        new Model(
            network,
            Weights.zeros(network),
            stripes.classes(),
            Preprocessing.unit(3, 8, 8),
            Map.of());
    Trainer trainer = trainer(TinyTask.data(), still());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> trainer.from(colour));
    assertTrue(e.getMessage().contains("takes images with 3 channels"), e.getMessage());
  }

  @Test
  void frozenPathsAreOrderedAndCounted() {
    TrainingSetup setup = twoClasses(still()).freeze("5.2", "0", "0", "1").prepare().setup();
    assertEquals(List.of("0", "1", "5.2"), List.copyOf(setup.frozen()));
    assertEquals(6 * 9 + 6 + 2 * 6 + 2 * 2 + 2, setup.frozenParameterCount());
  }

  @Test
  void allButTheHeadMayBeFrozen() {
    Set<String> frozen = twoClasses(still()).freezeAllButHead().prepare().setup().frozen();
    assertEquals(List.of("0", "1"), List.copyOf(frozen));
    assertEquals(
        List.of("0", "3", "6", "8", "11", "13", "16", "18", "22", "25"),
        FrozenLayers.allButHead(Networks.VGG11.build()));
    assertEquals(List.of("0", "2", "4"), FrozenLayers.allButHead(Networks.NIN.build()));
  }

  @Test
  void whatCannotBeFrozenIsRefusedWithTheBlocksThatCan() {
    for (String path : List.of("2", "7", "", "0.weight", "5.", "all")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> twoClasses(still()).freeze(path));
      assertEquals(
          "cannot freeze '"
              + path
              + "', which is not a block with parameters of network 'tiny'; its blocks with"
              + " parameters are 0, 1, 5",
          e.getMessage());
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> twoClasses(still()).freeze("5", "0", "1"));
    assertTrue(e.getMessage().contains("nothing is left to train"), e.getMessage());
  }

  @Test
  void zeroGradientsOfFrozenLayersAreNoDeadStart() {
    Weights gradients = Weights.zeros(stripes.network());
    gradients.values("5.0.weight")[3] = 1;
    DeadStartCheck frozen = new DeadStartCheck(stripes.network(), Set.of("0", "1"));
    DeadStartCheck all = new DeadStartCheck(stripes.network(), Set.of());
    StepCheck.Step step = new StepCheck.Step(1, 1, 1.1, 1, gradients);
    for (int i = 1; i < DeadStartCheck.STEPS; i++) {
      frozen.check(step);
      all.check(step);
    }
    frozen.check(step);
    assertThrows(TrainingException.class, () -> all.check(step));
  }
}
