package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.train.EverythingRandom;
import org.nin4j.train.StopAfter;
import org.nin4j.train.Trainer;

/**
 * A training with everything random that is stopped in the middle of each epoch, and resumed from
 * its run folder on other numbers of threads, ends with the same file as one without a break.
 */
class SameBitsTest {
  private static final Engine ENGINE = Engines.reference();

  @TempDir Path temp;

  private static Trainer trainer(Path run) throws IOException {
    return EverythingRandom.trainer(ENGINE, EverythingRandom.recipe()).store(RunFolder.create(run));
  }

  private static Trainer resumed(Path run) throws IOException {
    return RunFolder.open(run).trainer(ENGINE, EverythingRandom.data());
  }

  @Test
  void aStopInEachEpochAndOtherThreadsGiveTheSameFile() throws IOException {
    Path straight = temp.resolve("straight");
    trainer(straight).threads(1).train();
    byte[] expected = Files.readAllBytes(straight.resolve("model.safetensors"));
    for (int threads = 1; threads <= 3; threads++) {
      Path run = temp.resolve("threads-" + threads);
      assertTrue(StopAfter.steps(2).run(trainer(run).threads(threads)).interrupted());
      Trainer second = resumed(run).threads(threads % 3 + 1);
      assertTrue(StopAfter.steps(5).run(second).interrupted());
      resumed(run).threads((threads + 1) % 3 + 1).train();
      assertArrayEquals(expected, Files.readAllBytes(run.resolve("model.safetensors")));
    }
  }
}
