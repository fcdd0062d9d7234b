package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a training writes and says. */
class TrainCommandTest extends TinyTrainings {
  @Test
  void aRunFolderContainsTheModelTheMetricsTheRecordTheEventsAndTwoCheckpoints()
      throws IOException {
    Outcome outcome = train(run, "--epochs", 3, "--batch-size", 16, "--seed", 7).succeeds();
    assertEquals(
        List.of(
            "checkpoint-0002-000000.safetensors",
            "checkpoint-0003-000000.safetensors",
            "confusion.csv",
            "events.out.tfevents",
            "log.txt",
            "metrics.csv",
            "model.md",
            "model.safetensors",
            "per-class.csv",
            "predictions.csv",
            "profile.json",
            "report.html",
            "run.json",
            "run.yaml",
            "steps.csv"),
        names(run).stream()
            .map(name -> name.replaceFirst("(tfevents)\\.\\d{10}\\..*\\.\\d+\\.0$", "$1"))
            .toList());
    List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals(
        "epoch,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,"
            + "images_per_second",
        metrics.get(0));
    assertEquals(4, metrics.size());
    assertTrue(metrics.get(3).matches("3(,\\d+\\.\\d+){2},,(,\\d+\\.\\d+){3}"), metrics.get(3));
    JsonNode record = JSON.readTree(run.resolve("run.json").toFile());
    assertEquals("finished", record.get("status").asText());
    assertEquals(7, record.get("setup").get("seed").asInt());
    assertEquals(3, outcome.out().lines().filter(line -> line.startsWith("epoch ")).count());
    assertTrue(outcome.out().contains("the model is " + run.resolve("model.safetensors")));
  }

  @Test
  void theSameSeedGivesTheSameModelByteByByte() throws IOException {
    Path again = folder.resolve("again");
    Path other = folder.resolve("other");
    train(run, "--epochs", 2).succeeds();
    train(again, "--epochs", 2).succeeds();
    train(other, "--epochs", 2, "--seed", 2).succeeds();
    assertArrayEquals(model(run), model(again));
    assertFalse(Arrays.equals(model(run), model(other)));
  }

  @Test
  void theNumberOfThreadsChangesNothingAndIdleThreadsAreReported() throws IOException {
    String two = train(run, "--epochs", 2, "--threads", 2).succeeds().out();
    assertTrue(two.contains(", 2 threads, "), two);
    assertFalse(two.contains("will be idle"), two);
    String twelve =
        train(folder.resolve("twelve"), "--epochs", 2, "--threads", 12).succeeds().out();
    assertTrue(
        twelve.contains(
            "a batch has 8 shards, so 4 threads will be idle; --shards 12 uses all, with other"
                + " results"),
        twelve);
    assertArrayEquals(model(run), model(folder.resolve("twelve")));
    Path other = folder.resolve("other");
    train(other, "--epochs", 2, "--threads", 12, "--shards", 12).succeeds();
    assertFalse(Arrays.equals(model(run), model(other)));
  }

  @Test
  void withoutAReportThereAreNoEventsAndTheModelIsTheSame() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Path without = folder.resolve("without");
    train(without, "--epochs", 1, "--no-report").succeeds();
    Outcome.of("train", "--resume", without, "--no-report").succeeds();
    assertTrue(names(run).stream().anyMatch(name -> name.contains("tfevents")));
    assertFalse(names(without).stream().anyMatch(name -> name.contains("tfevents")));
    assertArrayEquals(model(run), model(without));
  }

  @Test
  void aBatchMayBeLargerThanTheDataSet() {
    train(run, "--epochs", 1, "--batch-size", 2_000_000_000).succeeds();
  }
}
