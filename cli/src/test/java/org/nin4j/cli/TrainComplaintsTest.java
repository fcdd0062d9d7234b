package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that do not begin. */
class TrainComplaintsTest extends TinyTrainings {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--threads 0 | --threads must be from 1 to 1024, but is 0",
        "--threads 99999 | --threads must be from 1 to 1024",
        "--lr -1 | learning rate must be above 0",
        "--lr NaN | learning rate must be above 0",
        "--lr much | 'much' is not a number",
        "--epochs 0 | at least 1 epoch",
        "--batch-size 0 | batch size must be at least 1",
        "--batch-size 99999999999 | '99999999999' is too large",
        "--shards 0 | a batch of 128 has 1 to 128 shards, not 0",
        "--batch-size 8 --shards 9 | a batch of 8 has 1 to 8 shards, not 9",
        "--size 0 | --size must be at least 1",
        "--weight-decay -1 | --weight-decay: weight decay must be at least 0, but is -1.0",
        "--label-smoothing 1 | --label-smoothing: label smoothing must be at least 0 and below 1",
        "--size 5 | the smallest input that would do is 1x1x6x6",
        "--seed abc | 'abc' is not a whole number",
        "--recipe defualt | did you mean 'default'?",
        "--precision fp23 | did you mean 'fp32'?",
        "--rcipe d2l | Unknown option: '--rcipe'",
        "--net nim | should be specified only once"
      })
  void invalidUsageExitsWith2AndCreatesNoFolder(String options, String complaint) {
    Outcome outcome = train(run, (Object[]) options.split(" ", -1));
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains(complaint), outcome.err());
    assertFalse(Files.exists(run.getParent()));
  }

  @Test
  void anUnknownPresetSuggestsTheMostSimilar() {
    Outcome.of("train", "--net", "nim", "--data", data, "--out", run)
        .fails(2, "did you mean 'nin'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "train-images-idx3-ubyte | 0 | is empty",
        "train-images-idx3-ubyte | 100 | is truncated",
        "train-labels-idx1-ubyte | 30 | is truncated",
        "classes.txt | 6 | needs 2 to 256 class names"
      })
  void damagedDataExitsWith1AndCreatesNoFolder(String name, int length, String complaint)
      throws IOException {
    Path file = data.resolve(name);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    train(run).fails(1, name + ": ").fails(1, complaint);
    assertFalse(Files.exists(run.getParent()));
  }

  @Test
  void wrongLabelsWrongCountsAndMissingFilesAreReported() throws IOException {
    Path labels = data.resolve("train-labels-idx1-ubyte");
    Files.write(labels, TinyData.labels(39));
    train(run).fails(1, "holds 40 images, but " + labels + " holds 39 labels");
    byte[] wrong = TinyData.labels(40);
    wrong[10] = 2;
    Files.write(labels, wrong);
    train(run).fails(1, "label 2 has the value 2 (at byte 10), but there are 2 classes");
    Files.delete(labels);
    train(run).fails(1, data + ": has no file train-labels-idx1-ubyte");
    assertFalse(Files.exists(run.getParent()));
  }

  @Test
  void aTrainingThatCannotStartCreatesNoFolder() throws IOException {
    train(run, "--size", 8_000).fails(1, "too large");
    assertFalse(Files.exists(run.getParent()));
    Files.createDirectories(run);
    train(run, "--size", 8_000).fails(1, "too large");
    assertEquals(List.of(), names(run));
  }

  @Test
  void aFolderWithARunIsNotChanged() throws IOException {
    train(run, "--epochs", 1).succeeds();
    byte[] before = model(run);
    train(run, "--epochs", 2).fails(1, run + ": already holds a run");
    assertArrayEquals(before, model(run));
    train(network).fails(1, "is a file");
    train(Path.of("")).fails(2, "the path is empty");
  }
}
