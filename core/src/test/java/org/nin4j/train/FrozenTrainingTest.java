package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.Weights;
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
    store
        .checkpoints
        .get(1)
        .moments()
        .forEach((kind, moments) -> assertArrayEquals(new float[54], moments.values("0.weight")));
  }

  @Test
  void freezingChangesTheResultOfTheOtherLayers() throws IOException {
    Weights all = TinyTask.trainer(RECIPE).train().model().weights();
    Weights some = TinyTask.trainer(RECIPE).freeze("0").train().model().weights();
    assertFalse(sameBits(all, some));
    assertFalse(Arrays.equals(all.values("5.4.weight"), some.values("5.4.weight")));
  }
}
