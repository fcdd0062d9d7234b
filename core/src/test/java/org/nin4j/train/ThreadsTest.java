package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.io.Models;

/** The number of threads affects speed only. */
class ThreadsTest {
  private static final Recipe RECIPE =
      TinyTask.recipe().with(r -> r.epochs(2)).with(r -> r.shards(3));

  @TempDir Path folder;

  private Trainer trainer(Engine engine, Recipe recipe, int threads) {
    return new Trainer(engine, TinyTask.network(), TinyTask.data(), recipe).threads(threads);
  }

  private byte[] file(TrainingResult result) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Models.write(file, result.model());
    return Files.readAllBytes(file);
  }

  @Test
  void aModelIsTheSameFileOnAnyNumberOfThreads() throws IOException {
    for (Engine engine : new Engine[] {Engines.best(), Engines.reference()}) {
      byte[] one = file(trainer(engine, RECIPE, 1).train());
      for (int threads : new int[] {2, 3, 8}) {
        assertArrayEquals(one, file(trainer(engine, RECIPE, threads).train()));
      }
    }
  }

  @Test
  void aTrainingResumedOnAnotherNumberOfThreadsGivesTheSameFile() throws IOException {
    Engine engine = Engines.best();
    byte[] straight = file(trainer(engine, RECIPE, 1).train());
    MemoryStore store = new MemoryStore();
    TrainingResult stopped =
        StopAfter.steps(TinyTask.BATCHES + 3).run(trainer(engine, RECIPE, 3).store(store));
    assertTrue(stopped.interrupted());
    assertArrayEquals(straight, file(trainer(engine, RECIPE, 2).store(store).train()));
  }

  @Test
  void anotherNumberOfShardsGivesAnotherModel() throws IOException {
    TrainingResult three = trainer(Engines.best(), RECIPE, 2).train();
    TrainingResult one = trainer(Engines.best(), RECIPE.with(r -> r.shards(1)), 2).train();
    assertFalse(sameBits(three.model().weights(), one.model().weights()));
  }

  @Test
  void zeroThreadsAreRejected() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> trainer(Engines.best(), RECIPE, 0).prepare());
    assertEquals("there must be at least 1 thread, but got 0", refusal.getMessage());
  }
}
