package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nin4j.data.DataSource;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.Start;
import org.nin4j.train.TinyTask;
import org.nin4j.train.TrainingSetup;

/** What is said about a training that is not the one to resume. */
class SetupDifferenceTest {
  private static final Network NETWORK = TinyTask.network();
  private static final Recipe RECIPE = TinyTask.recipe();

  private static TrainingSetup setup(
      Network network, Recipe recipe, long seed, Precision precision, String fingerprint) {
    return new TrainingSetup(
        network, recipe, seed, precision, new DataSource("images"), fingerprint);
  }

  private static TrainingSetup from(Optional<Start> start, Set<String> frozen) {
    return new TrainingSetup(
        NETWORK, RECIPE, 1, Precision.FP32, new DataSource("images"), "f", start, frozen);
  }

  private static TrainingSetup from(String model, String sha256, int size, String... renewed) {
    Start start =
        new Start(Optional.of(model), sha256, Preprocessing.unit(1, size, size), List.of(renewed));
    return from(Optional.of(start), Set.of());
  }

  private static final TrainingSetup PLAIN = from(Optional.empty(), Set.of());

  private static void assertDifference(String expected, TrainingSetup found, TrainingSetup wanted) {
    assertEquals(Optional.of(expected), SetupDifference.first(found, wanted));
  }

  @Test
  void theSameTrainingOfADataSetWithAnotherNameIsTheSame() {
    TrainingSetup renamed =
        new TrainingSetup(NETWORK, RECIPE, 1, Precision.FP32, new DataSource("copy"), "f");
    assertEquals(Optional.empty(), SetupDifference.first(PLAIN, renamed));
  }

  @Test
  void fieldsOfTheRecipeHaveTheirPathsAndBothValues() {
    assertDifference("epochs 6 instead of 7", PLAIN, with(RECIPE.with(r -> r.epochs(7))));
    assertDifference(
        "optimizer.weight_decay 0.01 instead of 0.02",
        PLAIN,
        with(RECIPE.with(r -> r.optimizer(new OptimizerConfig.AdamW(0.02f)))));
    assertDifference(
        "augmentations with 2 instead of 1 entries",
        PLAIN,
        with(RECIPE.with(r -> r.augmentations(RECIPE.augmentations().get(0)))));
  }

  private static TrainingSetup with(Recipe recipe) {
    return setup(NETWORK, recipe, 1, Precision.FP32, "f");
  }

  @Test
  void aNetworkDiffersInALayerOrInTheirNumber() {
    assertDifference(
        "network.name tiny instead of other",
        PLAIN,
        setup(
            new Network("other", NETWORK.input(), NETWORK.layers()),
            RECIPE,
            1,
            Precision.FP32,
            "f"));
    Network one = new Network("n", NETWORK.input(), new Sequential(new Flatten()));
    Network two = new Network("n", NETWORK.input(), new Sequential(new Flatten(), new ReLU()));
    assertEquals(
        Optional.of("network.layers with 1 instead of 2 entries"),
        SetupDifference.first(
            setup(one, RECIPE, 1, Precision.FP32, "f"),
            setup(two, RECIPE, 1, Precision.FP32, "f")));
  }

  @Test
  void theSeedThePrecisionAndTheImagesDecideToo() {
    assertDifference(
        "seed 1 instead of -2", PLAIN, setup(NETWORK, RECIPE, -2, Precision.FP32, "f"));
    assertDifference(
        "precision fp32 instead of bf16", PLAIN, setup(NETWORK, RECIPE, 1, Precision.BF16, "f"));
    assertDifference(
        "images with fingerprint f instead of g",
        PLAIN,
        setup(NETWORK, RECIPE, 1, Precision.FP32, "g"));
    assertDifference("frozen layers [] instead of [0]", PLAIN, from(Optional.empty(), Set.of("0")));
  }

  @Test
  void aCopyOfTheModelToStartFromIsTheSameButNotAnotherModel() {
    TrainingSetup start = from("a.safetensors", "0123", 8);
    assertEquals(Optional.empty(), SetupDifference.first(start, from("b.safetensors", "0123", 8)));
    assertDifference("start.sha256 0123 instead of 4567", start, from("a.safetensors", "4567", 8));
    assertDifference(
        "start.preprocessing.steps[0].height 8 instead of 9",
        start,
        from("a.safetensors", "0123", 9));
    assertDifference(
        "start.renewed with 0 instead of 1 entries",
        start,
        from("a.safetensors", "0123", 8, "0.weight"));
    assertDifference("a model to start from instead of none", start, PLAIN);
    assertDifference("no model to start from instead of one", PLAIN, start);
  }
}
