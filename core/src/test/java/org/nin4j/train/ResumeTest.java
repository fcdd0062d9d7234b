package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that was stopped, killed or damaged goes on to the bits of one that never was. */
class ResumeTest {
  private static final Recipe RECIPE = TinyTask.recipe().withEpochs(2);
  private static final int STEPS = 2 * TinyTask.BATCHES;

  @TempDir Path folder;

  /** As if the process had been killed: nothing is left but the files. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Does something after one step of the training, counted from 1. */
  private static TrainingListener after(int step, Runnable action) {
    return new TrainingListener() {
      private int steps;

      @Override
      public void onBatch(Progress progress) {
        if (++steps == step) {
          action.run();
        }
      }
    };
  }

  private static TrainingListener killAfter(int step) {
    return after(
        step,
        () -> {
          throw new Killed();
        });
  }

  private static Trainer trainer(Recipe recipe, Path run) throws IOException {
    return TinyTask.trainer(recipe).checkpointsIn(Files.createDirectories(run));
  }

  private static void holdsSame(TrainingResult expected, TrainingResult found, String when) {
    assertTrue(expected.model().weights().sameBits(found.model().weights()), when);
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
      Trainer trainer = trainer(RECIPE, run);
      assertTrue(trainer.listen(after(step, trainer::requestStop)).train().interrupted());
      holdsSame(straight, trainer(RECIPE, run).resume().train(), "stopped after step " + step);
    }
  }

  @Test
  void aRunKilledGoesOnToTheSameBits() throws IOException {
    TrainingResult straight = TinyTask.trainer(RECIPE).train();
    for (int step : new int[] {1, 5, 7, 8, 14}) {
      Path run = folder.resolve("killed-" + step);
      Trainer trainer = trainer(RECIPE, run).listen(killAfter(step));
      assertThrows(Killed.class, trainer::train);
      holdsSame(straight, trainer(RECIPE, run).resume().train(), "killed after step " + step);
    }
  }

  @Test
  void aRunStoppedManyTimesAndWithMomentumGoesOnToTheSameBits() throws IOException {
    Recipe recipe =
        TinyTask.with(RECIPE, new OptimizerConfig.Sgd(0.9f, true, 0.01f), Schedule.constant(0.05));
    TrainingResult straight = TinyTask.trainer(recipe).train();
    Trainer first = trainer(recipe, folder);
    TrainingResult result = first.listen(after(4, first::requestStop)).train();
    while (result.interrupted()) {
      Trainer next = trainer(recipe, folder).resume();
      result = next.listen(after(4, next::requestStop)).train();
    }
    holdsSame(straight, result, "stopped every four steps");
  }

  @Test
  void aFinishedRunIsResumedToItsEndAtOnce() throws IOException {
    TrainingResult straight = trainer(RECIPE, folder).train();
    holdsSame(straight, trainer(RECIPE, folder).resume().train(), "finished");
  }

  @Test
  void theLastTwoCheckpointsAreKept() throws IOException {
    trainer(RECIPE.withEpochs(3), folder).train();
    assertEquals(
        List.of("checkpoint-0002-000000.safetensors", "checkpoint-0003-000000.safetensors"),
        names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDamagedCheckpointIsReportedAndTheOneBeforeItServes() throws IOException {
    TrainingResult straight = trainer(RECIPE, folder).train();
    Path newest = folder.resolve("checkpoint-0002-000000.safetensors");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length - 5] ^= 4;
    Files.write(newest, bytes);
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onWarning(String message) {
            warnings.add(message);
          }
        };
    holdsSame(straight, trainer(RECIPE, folder).listen(listener).resume().train(), "one before");
    assertEquals(2, warnings.size());
    assertTrue(warnings.get(0).contains(newest.toString()), warnings.get(0));
    assertEquals("falling back to checkpoint-0001-000000.safetensors", warnings.get(1));
  }

  @Test
  void whenNoCheckpointIsSoundThatIsSaid() throws IOException {
    trainer(RECIPE, folder).train();
    for (String name : names()) {
      Files.write(folder.resolve(name), new byte[0]);
    }
    for (int attempt = 1; attempt <= 2; attempt++) {
      IOException e =
          assertThrows(IOException.class, () -> trainer(RECIPE, folder).resume().train());
      assertTrue(
          e.getMessage().endsWith("all checkpoints are damaged; start again with a new run"),
          e.getMessage());
    }
  }

  @Test
  void aNewRunDoesNotPushOutAnotherRunsCheckpoints() throws IOException {
    trainer(RECIPE.withEpochs(1), folder).train();
    IOException e = assertThrows(IOException.class, () -> trainer(RECIPE, folder).train());
    assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
    assertEquals(List.of("checkpoint-0001-000000.safetensors"), names());
  }

  @Test
  void aRunOfOtherSettingsIsNotResumed() throws IOException {
    trainer(RECIPE, folder).train();
    refused("another recipe", trainer(RECIPE.withEpochs(1), folder));
    refused("seed 1 instead of 2", TinyTask.trainer(RECIPE, 2).checkpointsIn(folder));
  }

  private static void refused(String part, Trainer trainer) {
    IOException e = assertThrows(IOException.class, () -> trainer.resume().train());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertFalse(e.getMessage().contains("null"), e.getMessage());
  }
}
