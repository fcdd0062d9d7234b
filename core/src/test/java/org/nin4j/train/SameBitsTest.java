package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.data.Augmentation;
import org.nin4j.data.Batching;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DataLoaderBuilder;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Workers;

/**
 * A training with everything random gives the same weights, bit for bit, whichever of these change
 * together: the number of threads that train, the number of threads that load images, and whether
 * it was stopped in the middle of an epoch and resumed on other numbers of threads.
 */
class SameBitsTest {
  private static final int MOST_THREADS = 3;
  private static final int NEVER = Integer.MAX_VALUE;
  private static final List<Engine> ENGINES = List.of(Engines.reference(), Engines.best());

  /** Numbers of threads, and the step after which they change with a stop. */
  private record Way(int threads, int loaders, int stop) {
    private Way resumed() {
      return new Way(threads % MOST_THREADS + 1, loaders % MOST_THREADS + 1, NEVER);
    }
  }

  private static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
      for (int loaders = 1; loaders <= MOST_THREADS; loaders++) {
        for (int stop : new int[] {NEVER, 2, 3}) {
          ways.add(new Way(threads, loaders, stop));
        }
      }
    }
    return ways;
  }

  @Test
  void theBitsDependOnNeitherThreadsNorLoadersNorAStopInMidEpoch() throws IOException {
    for (Engine engine : ENGINES) {
      TrainingResult expected =
          EverythingRandom.trainer(engine, EverythingRandom.recipe()).threads(1).train();
      for (Way way : ways()) {
        assertTrue(
            sameBits(expected.model().weights(), train(engine, way, expected)),
            () -> engine.description() + ", " + way);
      }
    }
  }

  /** Trains as {@link Training} does, but with a number of loading threads. */
  private static Weights train(Engine engine, Way way, TrainingResult expected) throws IOException {
    Training training =
        EverythingRandom.trainer(engine, EverythingRandom.recipe())
            .threads(way.threads())
            .prepare();
    TrainingState state =
        new TrainingState(training.initialWeights(), training.setup().createOptimizer());
    if (!run(training, way, state, expected)) {
      MemoryStore store = new MemoryStore();
      store.save(state.checkpoint(training.setup()));
      Weights none = Weights.zeros(training.setup().network());
      state = new TrainingState(none, training.setup().createOptimizer());
      state.restore(store.checkpoints.get(0));
      assertTrue(run(training, way.resumed(), state, expected));
    }
    return state.evaluated();
  }

  /** Returns whether the training ended, and was not stopped. */
  private static boolean run(
      Training training, Way way, TrainingState state, TrainingResult expected) throws IOException {
    Recipe recipe = training.setup().recipe();
    DataLoader loader = loader(training, expected, way.loaders());
    Workers workers = new Workers(way.threads(), "test");
    Batching batching = new Batching(loader.images(), recipe.batchSize(), recipe.dropLast());
    try (TrainingSteps steps = new LocalSteps(training.stepRunner(loader, workers), loader)) {
      TrainingLoop loop = new TrainingLoop(steps, batching, recipe, state, List.of());
      while (state.epoch() < recipe.epochs()) {
        int epoch = state.epoch();
        if (!loop.runEpoch(step -> epoch == 0 || state.steps() < way.stop()).completed()) {
          return false;
        }
        state.finishEpoch(expected.history().get(epoch), state.schedule);
      }
      return true;
    }
  }

  private static DataLoader loader(Training training, TrainingResult expected, int workers) {
    Recipe recipe = training.setup().recipe();
    DataLoaderBuilder loading =
        DataLoader.builder(
                EverythingRandom.data().train(),
                expected.model().preprocessing(),
                recipe.batchSize())
            .sampling(recipe.balance().sampling())
            .augmentations(recipe.augmentations())
            .seed(training.setup().seed())
            .workers(workers);
    return loading.mixing(recipe.mixing().orElseThrow()).build();
  }

  /** Otherwise the test above would say less than it seems to. */
  @Test
  void theBitsDependOnEveryPartOfTheRecipe() throws IOException {
    Engine engine = Engines.reference();
    Recipe recipe = EverythingRandom.recipe();
    Weights all = EverythingRandom.trainer(engine, recipe).train().model().weights();
    for (Map.Entry<String, UnaryOperator<RecipeBuilder>> change : changes(recipe).entrySet()) {
      Recipe changed = recipe.with(change.getValue());
      TrainingResult result = EverythingRandom.trainer(engine, changed).train();
      assertFalse(sameBits(all, result.model().weights()), change.getKey());
    }
    TrainingResult other = EverythingRandom.trainer(engine, recipe).seed(2).train();
    assertFalse(sameBits(all, other.model().weights()), "seed");
  }

  private static Map<String, UnaryOperator<RecipeBuilder>> changes(Recipe recipe) {
    Map<String, UnaryOperator<RecipeBuilder>> changes = new LinkedHashMap<>();
    for (Augmentation augmentation : recipe.augmentations()) {
      Augmentation[] others = without(recipe.augmentations(), augmentation);
      changes.put(augmentation.toString(), r -> r.augmentations(others));
    }
    for (DataInitializer initializer : recipe.dataInitializers()) {
      List<DataInitializer> others =
          recipe.dataInitializers().stream().filter(each -> each != initializer).toList();
      changes.put(initializer.toString(), r -> r.dataInitializers(others));
    }
    changes.put("mixing", r -> r.mixing(Optional.empty()));
    changes.put("balance", r -> r.balance(ClassBalance.NONE));
    changes.put("label smoothing", r -> r.labelSmoothing(0));
    changes.put("moving average", r -> r.emaDecay(OptionalDouble.empty()));
    changes.put("parameter groups", r -> r.parameterGroups(List.of()));
    changes.put("clipping", r -> r.clipNorm(Double.POSITIVE_INFINITY));
    changes.put("shards", r -> r.shards(2));
    return changes;
  }

  private static Augmentation[] without(List<Augmentation> all, Augmentation one) {
    return all.stream().filter(each -> each != one).toArray(Augmentation[]::new);
  }
}
