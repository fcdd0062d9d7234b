package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@code nin train --resume}. */
class ResumedTrainingTest extends TinyTrainings {
  @Test
  void aFinishedRunResumesToTheSameModel() throws IOException {
    train(run, "--epochs", 1).succeeds();
    byte[] before = model(run);
    Outcome.of("train", "--resume", run).succeeds();
    assertArrayEquals(before, model(run));
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
    Outcome hopeless = Outcome.of("train", "--resume", run);
    assertEquals(1, hopeless.exitCode());
    assertTrue(hopeless.err().contains("all checkpoints are damaged"), hopeless.err());
  }

  @Test
  void onlyARunFolderCanBeResumedAndOnlyWithItsSettings() throws IOException {
    Outcome.of("train", "--resume", data).fails(1, data + ": is not a run folder");
    train(run, "--epochs", 1).succeeds();
    Outcome.of("train", "--resume", run, "--epochs", 5)
        .fails(2, "--epochs cannot be combined with --resume");
    Files.writeString(run.resolve("run.json"), "{");
    Outcome.of("train", "--resume", run).fails(1, "run.json: not valid JSON");
  }
}
