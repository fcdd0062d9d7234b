package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;
import static org.nin4j.train.FineTuning.HEAD;
import static org.nin4j.train.FineTuning.STRIPES;
import static org.nin4j.train.FineTuning.data;
import static org.nin4j.train.FineTuning.still;
import static org.nin4j.train.FineTuning.trainer;
import static org.nin4j.train.FineTuning.twoClasses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidModelException;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Shape;

/** Trainings that start from a model of the three kinds of stripes. */
class FineTuningTest {
  private static Start start(Trainer trainer) {
    return trainer.prepare().setup().start().orElseThrow();
  }

  @Test
  void otherClassesGetANewLastBlockAndKeepTheRest() throws IOException {
    Trainer trainer = twoClasses(still()).seed(5);
    assertEquals(HEAD, start(trainer).renewed());
    Weights weights = trainer.train().model().weights();
    Weights anew = TinyTask.recipe().initializer().initialize(STRIPES.network().withClasses(2), 5);
    for (String name : HEAD) {
      assertArrayEquals(anew.values(name), weights.values(name), name);
    }
    for (String name : List.of("0.weight", "0.bias", "1.weight", "1.bias")) {
      assertArrayEquals(STRIPES.weights().values(name), weights.values(name), name);
    }
  }

  @Test
  void theSameClassesTakeOverEverything() throws IOException {
    Trainer trainer = trainer(TinyTask.data(), still()).from(STRIPES);
    assertEquals(List.of(), start(trainer).renewed());
    Weights weights = trainer.train().model().weights();
    for (Parameter parameter : STRIPES.network().parameters()) {
      if (parameter.trainable()) {
        assertArrayEquals(
            STRIPES.weights().values(parameter.name()),
            weights.values(parameter.name()),
            parameter.name());
      }
    }
  }

  @Test
  void asManyClassesOfOtherNamesOrInAnotherOrderGetANewLastBlock() {
    assertEquals(HEAD, start(trainer(data("x", "y", "z"), still()).from(STRIPES)).renewed());
    assertEquals(
        HEAD,
        start(trainer(data("none", "vertical", "horizontal"), still()).from(STRIPES)).renewed());
  }

  @Test
  void theImagesArePreparedAsTheModelExpectsThem() throws IOException {
    Model model = twoClasses(still()).train().model();
    assertEquals(STRIPES.preprocessing(), model.preprocessing());
    // The mean of the images of two classes is another one.
    Preprocessing own = trainer(data("lying", "standing"), still()).train().model().preprocessing();
    assertNotEquals(own, model.preprocessing());
    Network larger = STRIPES.network().withInputSize(12, 10).withClasses(2);
    assertEquals(
        STRIPES.preprocessing().withSize(12, 10),
        start(new Trainer(Engines.reference(), larger, data("a", "b"), still()).from(STRIPES))
            .preprocessing());
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
        new SourceModel(Optional.of("/home/me/stripes.safetensors"), "0".repeat(64), 1, STRIPES);
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
    assertEquals(SourceModel.of(STRIPES).sha256(), start.sha256());
    assertEquals(start, start(twoClasses(still())));
    Weights weights = STRIPES.weights().copy();
    weights.values("0.bias")[0] += 1;
    Model other =
        new Model(STRIPES.network(), weights, STRIPES.classes(), STRIPES.preprocessing(), Map.of());
    assertNotEquals(
        start.sha256(), start(trainer(data("lying", "standing"), still()).from(other)).sha256());
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
        Quantization.quantizable(STRIPES.network()).stream()
            .collect(
                Collectors.toMap(
                    placed -> placed.path(), placed -> oneScale(placed.parameters().get(0))));
    Weights weights = STRIPES.weights().copy();
    layers.forEach((path, layer) -> layer.round(weights.values(path + ".weight")));
    Model quantized =
        new Model(
            STRIPES.network(),
            weights,
            STRIPES.classes(),
            STRIPES.preprocessing(),
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
            STRIPES.classes(),
            Preprocessing.unit(3, 8, 8),
            Map.of());
    Trainer trainer = trainer(TinyTask.data(), still());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> trainer.from(colour));
    assertTrue(e.getMessage().contains("takes images with 3 channels"), e.getMessage());
  }
}
