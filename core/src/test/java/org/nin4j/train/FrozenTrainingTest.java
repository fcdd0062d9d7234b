package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;
import static org.nin4j.train.FineTuning.STRIPES;
import static org.nin4j.train.FineTuning.still;
import static org.nin4j.train.FineTuning.twoClasses;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter;

/** What a training leaves as it is. */
class FrozenTrainingTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(r -> r.epochs(2));

  private static Weights initial() {
    return RECIPE.initializer().initialize(TinyTask.network(), 1);
  }

  private static void assertOnlyFrozenLayersKeepTheirBits(List<String> frozen) throws IOException {
    Weights trained =
        TinyTask.trainer(RECIPE).freeze(frozen.toArray(String[]::new)).train().model().weights();
    Weights initial = initial();
    for (Parameter parameter : TinyTask.network().parameters()) {
      String name = parameter.name();
      if (frozen.stream().anyMatch(path -> name.startsWith(path + "."))) {
        assertArrayEquals(initial.values(name), trained.values(name), name);
      } else {
        assertFalse(Arrays.equals(initial.values(name), trained.values(name)), name);
      }
    }
  }

  @Test
  void frozenLayersKeepEveryBitOfWeightsAndRunningStatistics() throws IOException {
    assertOnlyFrozenLayersKeepTheirBits(List.of("0", "1"));
    assertOnlyFrozenLayersKeepTheirBits(List.of("1"));
    assertOnlyFrozenLayersKeepTheirBits(List.of("5.2"));
    assertOnlyFrozenLayersKeepTheirBits(List.of("5"));
  }

  @Test
  void frozenLayersHaveNoMoments() throws IOException {
    MemoryStore store = new MemoryStore();
    TinyTask.trainer(RECIPE).freeze("0").store(store).train();
    Map<String, Weights> moments = store.checkpoints.get(1).moments();
    assertEquals(2, moments.size());
    for (Weights kind : moments.values()) {
      assertArrayEquals(new float[54], kind.values("0.weight"));
      assertFalse(Arrays.equals(new float[18], kind.values("5.0.weight")));
    }
  }

  @Test
  void freezingChangesTheResultOfTheOtherLayers() throws IOException {
    Weights all = TinyTask.trainer(RECIPE).train().model().weights();
    Weights some = TinyTask.trainer(RECIPE).freeze("0").train().model().weights();
    assertFalse(sameBits(all, some));
    assertFalse(Arrays.equals(all.values("5.4.weight"), some.values("5.4.weight")));
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
    Weights gradients = Weights.zeros(STRIPES.network());
    gradients.values("5.0.weight")[3] = 1;
    DeadStartCheck frozen = new DeadStartCheck(STRIPES.network(), Set.of("0", "1"));
    DeadStartCheck all = new DeadStartCheck(STRIPES.network(), Set.of());
    StepCheck.Step step = new StepCheck.Step(1, 1, 1.1, 1, gradients);
    for (int i = 1; i < DeadStartCheck.STEPS; i++) {
      frozen.check(step);
      all.check(step);
    }
    frozen.check(step);
    assertThrows(TrainingException.class, () -> all.check(step));
  }
}
