package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.SourceModel;
import org.nin4j.train.KillAfter;
import org.nin4j.train.Recipe;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;

/** A training that starts from a model file resumes to the same bits as one without a break. */
class FineTuningResumeTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(r -> r.epochs(2));

  @TempDir Path folder;
  private Path file;
  private Path run;

  @BeforeEach
  void trainAModel() throws IOException {
    file = folder.resolve("stripes.safetensors");
    run = folder.resolve("run");
    Models.write(file, TinyTask.trainer(RECIPE, 7).train().model());
  }

  private Trainer fineTuning() throws IOException {
    return TinyTask.trainer(RECIPE)
        .from(SourceModel.read(file, ImportOptions.none()))
        .freeze("1", "0");
  }

  /** Starts a run and kills it before its first checkpoint. */
  private void killAfterThreeSteps() throws IOException {
    KillAfter.steps(3).run(fineTuning().store(RunFolder.create(run)));
    assertFalse(Files.exists(run.resolve("checkpoint-0000-000003.safetensors")));
  }

  private Trainer resume() throws IOException {
    return RunFolder.open(run).trainer(new ReferenceEngine(), TinyTask.data());
  }

  private static void assertSame(Model expected, Model found) {
    assertTrue(sameBits(expected.weights(), found.weights()));
    assertEquals(expected.provenance(), found.provenance());
    assertEquals(expected.preprocessing(), found.preprocessing());
  }

  @Test
  void aStoppedRunDoesNotNeedTheFileItStartedFrom() throws IOException {
    Model straight = fineTuning().train().model();
    for (int step : new int[] {1, 6, 7, 8, 13}) {
      run = folder.resolve("run-" + step);
      StopAfter.steps(step).run(fineTuning().store(RunFolder.create(run)));
      Path moved = Files.move(file, folder.resolve("moved"));
      assertSame(straight, resume().train().model());
      Files.move(moved, file);
    }
  }

  @Test
  void aRunKilledBeforeItsFirstCheckpointReadsTheFileAgain() throws IOException {
    Model straight = fineTuning().train().model();
    killAfterThreeSteps();
    assertSame(straight, resume().train().model());
  }

  @Test
  void anotherOrNoFileIsRefusedBeforeTheFirstCheckpoint() throws IOException {
    killAfterThreeSteps();
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    IOException none = assertThrows(IOException.class, () -> resume().train());
    assertTrue(none.getMessage().startsWith(file + ": there is no such file"), none.getMessage());
    Models.write(file, TinyTask.trainer(RECIPE, 8).train().model());
    IOException other = assertThrows(IOException.class, () -> resume().train());
    assertTrue(
        other.getMessage().startsWith(file + ": is no longer the model"), other.getMessage());
    Files.write(file, bytes);
    resume().train();
  }

  @Test
  void aCheckpointOfAnotherStartOrOfOtherFrozenLayersIsRefused() throws IOException {
    StopAfter.steps(2).run(fineTuning().store(RunFolder.create(run)));
    assertRejected(
        "a model to start from instead of none", TinyTask.trainer(RECIPE).freeze("0", "1"));
    assertRejected("frozen layers [0, 1] instead of [0]", fineTuning().freeze("0"));
  }

  private void assertRejected(String part, Trainer other) throws IOException {
    Trainer trainer = other.store(RunFolder.open(run));
    IOException e = assertThrows(IOException.class, trainer::train);
    assertTrue(e.getMessage().contains("the run has " + part), e.getMessage());
  }

  @Test
  void aDamagedStartInTheRecordIsReportedWithItsPath() throws IOException {
    StopAfter.steps(2).run(fineTuning().store(RunFolder.create(run)));
    Path record = run.resolve("run.json");
    String json = Files.readString(record);
    for (List<String> damage :
        List.of(
            List.of("sha256", "sha255", "setup.from.sha256 is missing"),
            List.of("\"renewed\"", "\"renewal\"", "setup.from.renewed is missing"),
            List.of("\"frozen\"", "\"frosen\"", "setup.frosen"),
            List.of("\"channels\":1", "\"channels\":2", "images have 1 or 3 channels"))) {
      assertTrue(json.contains(damage.get(0)), json);
      Files.writeString(record, json.replace(damage.get(0), damage.get(1)));
      InvalidFileException e = assertThrows(InvalidFileException.class, () -> RunFolder.open(run));
      assertTrue(e.getMessage().contains(damage.get(2)), e.getMessage());
    }
  }
}
