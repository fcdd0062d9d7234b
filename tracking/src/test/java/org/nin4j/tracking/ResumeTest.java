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
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.Schedule;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingListener;
import org.nin4j.train.TrainingResult;

/** A training that was stopped, killed or damaged goes on to the bits of one that never was. */
class ResumeTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(r -> r.epochs(2));
  private static final int STEPS = 2 * TinyTask.BATCHES;

  @TempDir Path folder;

  /** As if the process had been killed: nothing is left but the files. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static TrainingListener killAfter(int step) {
    return new TrainingListener() {
      private int steps;

      @Override
      public void on(TrainingEvent event) {
        if (event instanceof StepDone && ++steps == step) {
          throw new Killed();
        }
      }
    };
  }

  private static Trainer begin(Recipe recipe, Path run) throws IOException {
    return TinyTask.trainer(recipe).store(RunFolder.create(run));
  }

  private static Trainer resume(Path run) throws IOException {
    return RunFolder.open(run).trainer(new ReferenceEngine(), TinyTask.data());
  }

  private static void holdsSame(TrainingResult expected, TrainingResult found, String when) {
    assertTrue(sameBits(expected.model().weights(), found.model().weights()), when);
    assertEquals(metrics(expected), metrics(found), when);
  }

  /** All but the speed. */
  private static List<List<Double>> metrics(TrainingResult result) {
    return result.history().stream()
        .map(e -> List.of(e.trainLoss(), e.trainAccuracy(), e.testLoss(), e.testAccuracy()))
        .toList();
  }

  @Test
  void aRunStoppedAfterAnyStepGoesOnToTheSameBits() throws IOException {
    TrainingResult straight = TinyTask.trainer(RECIPE).train();
    for (int step = 1; step < STEPS; step++) {
      Path run = folder.resolve("stopped-" + step);
      assertTrue(StopAfter.steps(step).run(begin(RECIPE, run)).interrupted());
      holdsSame(straight, resume(run).train(), "stopped after step " + step);
    }
  }

  @Test
  void aRunKilledGoesOnToTheSameBits() throws IOException {
    TrainingResult straight = TinyTask.trainer(RECIPE).train();
    for (int step : new int[] {1, 5, 7, 8, 14}) {
      Path run = folder.resolve("killed-" + step);
      Trainer trainer = begin(RECIPE, run).listen(killAfter(step));
      assertThrows(Killed.class, trainer::train);
      holdsSame(straight, resume(run).train(), "killed after step " + step);
    }
  }

  @Test
  void aRunStoppedManyTimesAndWithMomentumGoesOnToTheSameBits() throws IOException {
    Recipe recipe =
        TinyTask.with(RECIPE, new OptimizerConfig.Sgd(0.9f, true, 0.01f), Schedule.constant(0.05));
    TrainingResult straight = TinyTask.trainer(recipe).train();
    TrainingResult result = StopAfter.steps(4).run(begin(recipe, folder));
    while (result.interrupted()) {
      result = StopAfter.steps(4).run(resume(folder));
    }
    holdsSame(straight, result, "stopped every four steps");
  }

  @Test
  void aFinishedRunIsResumedToItsEndAtOnce() throws IOException {
    TrainingResult straight = begin(RECIPE, folder).train();
    holdsSame(straight, resume(folder).train(), "finished");
  }

  @Test
  void theLastTwoCheckpointsAreKept() throws IOException {
    begin(RECIPE.with(r -> r.epochs(3)), folder).train();
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
  void aDamagedCheckpointIsReportedAndTheOneBeforeItServes() throws IOException {
    TrainingResult straight = begin(RECIPE, folder).train();
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
    holdsSame(straight, resume(folder).listen(listener).train(), "one before");
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).contains(newest.toString()), warnings.get(0));
    assertEquals("falling back to checkpoint-0001-000000.safetensors", warnings.get(1));
  }

  @Test
  void whenNoCheckpointIsSoundThatIsSaid() throws IOException {
    begin(RECIPE, folder).train();
    for (String name : names()) {
      if (name.startsWith("checkpoint")) {
        Files.write(folder.resolve(name), new byte[0]);
      }
    }
    for (int attempt = 1; attempt <= 2; attempt++) {
      IOException e = assertThrows(IOException.class, () -> resume(folder).train());
      assertTrue(
          e.getMessage().endsWith("all checkpoints are damaged; start again with a new run"),
          e.getMessage());
    }
  }

  @Test
  void aNewRunDoesNotPushOutAnotherRunsCheckpoints() throws IOException {
    begin(RECIPE.with(r -> r.epochs(1)), folder).train();
    for (String name : names()) {
      if (!name.startsWith("checkpoint")) {
        Files.delete(folder.resolve(name));
      }
    }
    IOException e = assertThrows(IOException.class, () -> begin(RECIPE, folder));
    assertTrue(e.getMessage().startsWith(folder + ": holds checkpoints"), e.getMessage());
    assertEquals(List.of("checkpoint-0001-000000.safetensors"), names());
  }

  @Test
  void aCheckpointOfOtherSettingsIsNotUsed() throws IOException {
    begin(RECIPE, folder).train();
    refused("another recipe", TinyTask.trainer(RECIPE.with(r -> r.epochs(1))));
    refused("another recipe", TinyTask.trainer(RECIPE.with(r -> r.shards(1))));
    refused("seed 1 instead of 2", TinyTask.trainer(RECIPE, 2));
  }

  private void refused(String part, Trainer other) throws IOException {
    Trainer trainer = other.store(RunFolder.open(folder));
    IOException e = assertThrows(IOException.class, trainer::train);
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertFalse(e.getMessage().contains("null"), e.getMessage());
  }
}
