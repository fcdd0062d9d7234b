package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;

/** {@code nin train --resume}. */
class ResumedTrainingTest extends TinyTrainings {
  @Test
  void aFinishedRunResumesToTheSameModelIfThatIsMissing() throws IOException {
    train(run, "--epochs", 1).succeeds();
    byte[] before = model(run);
    Files.delete(run.resolve("model.safetensors"));
    Outcome.of("train", "--resume", run).succeeds();
    assertArrayEquals(before, model(run));
  }

  @Test
  void aFinishedRunIsLeftAsItIsWithTheWayToTrainLonger() throws IOException {
    train(run, "--epochs", 1).succeeds();
    String log = Files.readString(run.resolve("log.txt"));
    String out = Outcome.of("train", "--resume", run).succeeds().out();
    assertTrue(out.startsWith("the run is complete; "), out);
    assertTrue(out.contains("nin train --from " + run.resolve("model.safetensors")), out);
    assertEquals(log, Files.readString(run.resolve("log.txt")));
  }

  @Test
  void settingsThatAreTheRunsAreAcceptedAndOthersAreRefusedWithBothValues() throws IOException {
    train(run, "--epochs", 2, "--seed", 7, "--lr", 0.01).succeeds();
    Files.delete(run.resolve("model.safetensors"));
    Outcome.of("train", "--resume", run, "--epochs", 2, "--seed", 7, "--data", data).succeeds();
    assertRefused("the run has epochs 2 instead of 20;", "--epochs", 20, "--seed", 7);
    assertRefused("the run has seed 7 instead of 8;", "--seed", 8);
    assertRefused("the run has schedule.then.learning_rate 0.01 instead of 0.02;", "--lr", 0.02);
    assertAnotherPrecisionIsRefusedOrReplaced();
    assertRefused("the run has network.name tiny instead of nin;", "--net", "nin");
    assertRefused("--out cannot be combined with --resume", "--out", run);
  }

  /** Where there is no bf16, the run is in fp32, and so is what --precision bf16 means. */
  private void assertAnotherPrecisionIsRefusedOrReplaced() {
    Engine engine = Engines.best();
    if (engine.supports(Precision.BF16)) {
      assertRefused("the run has precision bf16 instead of fp32;", "--precision", "fp32");
    } else {
      Outcome.of("train", "--resume", run, "--precision", "bf16")
          .warns(engine.description() + " does not compute in bf16; using fp32 instead");
    }
  }

  private void assertRefused(String complaint, Object... options) {
    List<Object> args = new ArrayList<>(List.of("train", "--resume", run));
    args.addAll(List.of(options));
    Outcome.of(args.toArray()).fails(2, complaint);
  }

  @Test
  void settingsCannotBeComparedWithoutTheRunsFile() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Files.delete(run.resolve("run.yaml"));
    Outcome.of("train", "--resume", run, "--epochs", 1).fails(1, "run.yaml: there is no such file");
  }

  @Test
  void imagesThatHaveChangedAreRefusedWithTheClass() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Files.delete(run.resolve("model.safetensors"));
    TinyData.folder(data, 42);
    Outcome.of("train", "--resume", run)
        .fails(1, "the run was started with 20 instead of 21 training images of class 'upper'");
  }

  @Test
  void aFolderInUseIsRefusedBeforeItsImagesAreOpened() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Files.delete(run.resolve("model.safetensors"));
    Path lock = run.resolve(".lock");
    Files.createDirectory(lock); // so that it cannot be locked
    Files.move(data, folder.resolve("moved"));
    Outcome.of("train", "--resume", run).fails(1, lock + ": ");
    Files.delete(lock);
    Outcome.of("train", "--resume", run).fails(1, "no data set or folder '" + data);
    Files.move(folder.resolve("moved"), data);
    Outcome.of("train", "--resume", run).succeeds();
  }

  @Test
  void aRunFolderStandsForItsModel() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Path tuned = folder.resolve("tuned");
    Outcome.of("train", "--from", run, "--data", data, "--out", tuned, "--epochs", 1).succeeds();
    assertEquals(
        run.resolve("model.safetensors").toString(),
        setup(tuned).get("from").get("model").asText());
    assertEquals(
        Outcome.of("eval", "--model", run.resolve("model.safetensors")).succeeds().out(),
        Outcome.of("eval", "--model", run).succeeds().out());
    Outcome.of("eval", "--model", data).fails(1, data + ": is not a run folder");
  }

  @Test
  void theNumberOfCheckpointsToKeepIsThatOfTheOptionOrAsBefore() throws IOException {
    train(run, "--epochs", 4, "--keep-checkpoints", 3).succeeds();
    assertEquals(3, checkpoints());
    Files.delete(run.resolve("model.safetensors"));
    Outcome.of("train", "--resume", run).succeeds();
    assertEquals(3, checkpoints());
    Files.delete(run.resolve("model.safetensors"));
    Outcome.of("train", "--resume", run, "--keep-checkpoints", 1).succeeds();
    assertEquals(1, checkpoints());
    train(folder.resolve("none"), "--keep-checkpoints", 0)
        .fails(2, "--keep-checkpoints must be at least 1, but is 0");
  }

  private long checkpoints() throws IOException {
    return names(run).stream().filter(name -> name.startsWith("checkpoint-")).count();
  }

  @Test
  void aDamagedCheckpointCostsAnEpochAndTwoCostTheRun() throws IOException {
    train(run, "--epochs", 3).succeeds();
    byte[] whole = model(run);
    Files.delete(run.resolve("model.safetensors"));
    Path newest = run.resolve("checkpoint-0003-000000.safetensors");
    Files.write(newest, Arrays.copyOf(Files.readAllBytes(newest), 300));
    Outcome outcome = Outcome.of("train", "--resume", run);
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.err().startsWith("nin: warning: a checkpoint is damaged (" + newest));
    assertTrue(outcome.out().contains("epoch 3/3"));
    assertFalse(outcome.out().contains("epoch 2/3"));
    assertArrayEquals(whole, model(run));
    for (String name : names(run)) {
      if (name.startsWith("checkpoint")) {
        Files.write(run.resolve(name), new byte[9]);
      }
    }
    Files.delete(run.resolve("model.safetensors"));
    Outcome hopeless = Outcome.of("train", "--resume", run);
    assertEquals(1, hopeless.exitCode());
    assertTrue(hopeless.err().contains("all checkpoints are damaged"), hopeless.err());
  }

  @Test
  void onlyARunFolderCanBeResumedAndOnlyWithItsSettings() throws IOException {
    Outcome.of("train", "--resume", data).fails(1, data + ": is not a run folder");
    train(run, "--epochs", 1).succeeds();
    Outcome.of("train", "--resume", run, "--epochs", 5)
        .fails(2, "--epochs cannot be combined with --resume: the run has epochs 1 instead of 5");
    Files.writeString(run.resolve("run.json"), "{");
    Outcome.of("train", "--resume", run).fails(1, "run.json: not valid JSON");
  }
}
