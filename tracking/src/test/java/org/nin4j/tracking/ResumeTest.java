package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.error.InvalidFileException;
import org.nin4j.train.KillAfter;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingListener;
import org.nin4j.train.TrainingResult;
import org.nin4j.train.schedule.Schedule;

/**
 * A training that was stopped or killed, or whose checkpoint is damaged, resumes to the same bits
 * as one that was never interrupted.
 */
class ResumeTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(r -> r.epochs(2));
  private static final int STEPS = 2 * TinyTask.BATCHES;

  @TempDir Path folder;

  private static Trainer start(Recipe recipe, Path run) throws IOException {
    return TinyTask.trainer(recipe).store(RunFolder.create(run));
  }

  private static Trainer resume(Path run) throws IOException {
    return RunFolder.open(run).trainer(new ReferenceEngine(), TinyTask.data());
  }

  private static void assertSameResult(TrainingResult expected, TrainingResult found, String when) {
    assertTrue(sameBits(expected.model().weights(), found.model().weights()), when);
    assertEquals(metrics(expected), metrics(found), when);
  }

  /** The metrics without the speed. */
  private static List<List<Double>> metrics(TrainingResult result) {
    return result.history().stream()
        .map(
            e ->
                List.of(
                    e.train().loss(),
                    e.train().accuracy(),
                    e.evaluation().loss(),
                    e.evaluation().accuracy()))
        .toList();
  }

  @Test
  void aRunStoppedAfterAnyStepResumesToTheSameBits() throws IOException {
    TrainingResult straight = TinyTask.trainer(RECIPE).train();
    for (int step = 1; step < STEPS; step++) {
      Path run = folder.resolve("stopped-" + step);
      assertTrue(StopAfter.steps(step).run(start(RECIPE, run)).interrupted());
      assertSameResult(straight, resume(run).train(), "stopped after step " + step);
    }
  }

  @Test
  void aRunKilledAfterAnyStepResumesToTheSameBits() throws IOException {
    TrainingResult straight = TinyTask.trainer(RECIPE).train();
    for (int step : new int[] {1, 5, 7, 8, 14}) {
      Path run = folder.resolve("killed-" + step);
      KillAfter.steps(step).run(start(RECIPE, run));
      assertSameResult(straight, resume(run).train(), "killed after step " + step);
    }
  }

  @Test
  void aRunWithMomentumStoppedManyTimesResumesToTheSameBits() throws IOException {
    Recipe recipe =
        TinyTask.with(RECIPE, new OptimizerConfig.Sgd(0.9f, true, 0.01f), Schedule.constant(0.05));
    TrainingResult straight = TinyTask.trainer(recipe).train();
    TrainingResult result = StopAfter.steps(4).run(start(recipe, folder));
    while (result.interrupted()) {
      result = StopAfter.steps(4).run(resume(folder));
    }
    assertSameResult(straight, result, "stopped every four steps");
  }

  @Test
  void aFinishedRunResumesToItsResultAtOnce() throws IOException {
    TrainingResult straight = start(RECIPE, folder).train();
    assertSameResult(straight, resume(folder).train(), "finished");
  }

  @Test
  void theLastTwoCheckpointsAreKept() throws IOException {
    start(RECIPE.with(r -> r.epochs(3)), folder).train();
    assertEquals(
        List.of("checkpoint-0002-000000.safetensors", "checkpoint-0003-000000.safetensors"),
        names().subList(0, 2));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDamagedCheckpointIsReportedAndThePreviousOneIsUsed() throws IOException {
    TrainingResult straight = start(RECIPE, folder).train();
    Path newest = folder.resolve("checkpoint-0002-000000.safetensors");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length - 5] ^= 4;
    Files.write(newest, bytes);
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        event -> {
          if (event instanceof Warning warning) {
            warnings.add(warning.message());
          }
        };
    assertSameResult(straight, resume(folder).listen(listener).train(), "previous checkpoint");
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).contains(newest.toString()), warnings.get(0));
    assertEquals("falling back to checkpoint-0001-000000.safetensors", warnings.get(1));
  }

  @Test
  void aRunWhoseCheckpointsAreAllDamagedIsReported() throws IOException {
    start(RECIPE, folder).train();
    for (String name : names()) {
      if (name.startsWith("checkpoint")) {
        Files.write(folder.resolve(name), new byte[0]);
      }
    }
    for (int attempt = 1; attempt <= 2; attempt++) {
      InvalidFileException e =
          assertThrows(InvalidFileException.class, () -> resume(folder).train());
      assertEquals(
          folder + ": all checkpoints are damaged; start a new run in another folder",
          e.getMessage());
    }
  }

  @Test
  void aNewRunDoesNotDeleteTheCheckpointsOfAnother() throws IOException {
    start(RECIPE.with(r -> r.epochs(1)), folder).train();
    for (String name : names()) {
      if (!name.startsWith("checkpoint")) {
        Files.delete(folder.resolve(name));
      }
    }
    IOException e = assertThrows(IOException.class, () -> start(RECIPE, folder));
    assertTrue(e.getMessage().startsWith(folder + ": holds checkpoints"), e.getMessage());
    assertEquals(List.of("checkpoint-0001-000000.safetensors"), names());
  }

  @Test
  void aCheckpointOfAnotherSetupIsRejected() throws IOException {
    start(RECIPE, folder).train();
    assertRejected("epochs 2 instead of 1;", TinyTask.trainer(RECIPE.with(r -> r.epochs(1))));
    assertRejected("shards 2 instead of 1;", TinyTask.trainer(RECIPE.with(r -> r.shards(1))));
    assertRejected("seed 1 instead of 2;", TinyTask.trainer(RECIPE, 2));
  }

  private void assertRejected(String part, Trainer other) throws IOException {
    Trainer trainer = other.store(RunFolder.open(folder));
    IOException e = assertThrows(IOException.class, trainer::train);
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertFalse(e.getMessage().contains("null"), e.getMessage());
  }
}
