package org.nin4j.conformance.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.conformance.Report;
import org.nin4j.engine.Precision;
import org.nin4j.engine.onednn.OneDnnEngine;

/**
 * A training is a function of its settings: whichever process computes it, and however often it is
 * stopped or killed on the way, the model file has the same bytes. The processes run one after the
 * other.
 */
class DeterminismTest {
  private static final Object[] FP32 = {"--precision", "fp32"};
  private static final Object[] BF16 = {"--precision", "bf16"};
  private static final int STOPS = 5;
  private static final int KILLS = 10;

  private static final Map<Integer, String> ROWS = new TreeMap<>();

  @TempDir static Path task;

  /** Digest of the uninterrupted training in fp32 with two threads. */
  private static String expected;

  /** From the beginning of its work to its end, in seconds. */
  private static double duration;

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    SmallTask.data(task.resolve("data"));
    SmallTask.network(task.resolve("small.json"));
    Run run = new Run(task, "straight", 2, FP32);
    try (Child child = run.start()) {
      run.awaitWork(child);
      long start = System.nanoTime();
      child.succeeds();
      duration = (System.nanoTime() - start) / 1e9;
    }
    expected = run.digest();
  }

  @AfterAll
  static void report() {
    Report.section(
        70,
        "Determinism",
        """
        Trainings by processes of the command line, with `%s`: a network with convolutions,
        BatchNorm2d, Dropout and max pooling, augmented images, %d epochs of %d steps. In each row
        all digests (SHA-256 of `model.safetensors`) are the one that it names, and where a training
        was cut short it is that of the uninterrupted one.

        | what | trainings | digest |
        |---|---|---|
        %s"""
            .formatted("nin train", Run.EPOCHS, SmallTask.BATCHES, String.join("", ROWS.values())));
  }

  private static void row(int place, String what, int trainings, String digest) {
    ROWS.put(place, String.format(Locale.ROOT, "| %s | %d | %.16s |%n", what, trainings, digest));
  }

  @Test
  void anotherProcessComputesTheSameBytesAndAnotherSeedOthers() throws Exception {
    assertEquals(expected, new Run(task, "again", 2, FP32).finish().digest());
    row(1, "fp32, 2 threads, seed 1", 2, expected);
    Run other = new Run(task, "other", 2, "--precision", "fp32", "--seed", 2).finish();
    assertNotEquals(expected, other.digest());
    row(2, "the same, seed 2", 1, other.digest());
  }

  @Test
  void oneThreadAgreesWithItself() throws Exception {
    String first = new Run(task, "one", 1, FP32).finish().digest();
    assertEquals(first, new Run(task, "one more", 1, FP32).finish().digest());
    row(3, "fp32, 1 thread", 2, first);
  }

  static boolean hasBf16() {
    return new OneDnnEngine().supports(Precision.BF16);
  }

  @Test
  @EnabledIf("hasBf16")
  void bfloat16AgreesWithItselfAlsoAfterAKill() throws Exception {
    String first = new Run(task, "bf16", 2, BF16).finish().digest();
    assertNotEquals(expected, first);
    Run killed = new Run(task, "bf16 killed", 2, BF16);
    try (Child child = killed.start()) {
      while (child.isAlive() && killed.files("checkpoint-0002.*").isEmpty()) {
        Thread.sleep(1);
      }
      child.kill();
      child.end();
    }
    assertEquals(first, killed.finish().digest());
    row(4, "bf16, 2 threads; one of them killed after its second epoch", 2, first);
  }

  /** The checkpoint of each epoch is copied while the run goes on, and resumed elsewhere. */
  @Test
  void aRunResumedAfterAnyEpochEndsInTheSameBytes() throws Exception {
    Run observed = new Run(task, "observed", 2, FP32);
    List<Run> resumed = new ArrayList<>();
    try (Child child = observed.start()) {
      for (int epoch = 1; epoch <= Run.EPOCHS; epoch++) {
        String name = "checkpoint-000" + epoch + "-000000.safetensors";
        while (child.isAlive() && !Files.exists(observed.folder.resolve(name))) {
          Thread.sleep(1);
        }
        Run copy = new Run(task, "after epoch " + epoch, 2, FP32);
        Files.createDirectories(copy.folder);
        Files.copy(observed.folder.resolve(name), copy.folder.resolve(name));
        Files.copy(observed.folder.resolve("run.json"), copy.folder.resolve("run.json"));
        resumed.add(copy);
      }
      child.succeeds();
    }
    for (Run each : resumed) {
      assertEquals(expected, each.finish().digest(), each.folder.toString());
    }
    row(5, "resumed from the checkpoint of an epoch: each of them", resumed.size(), expected);
  }

  /** Runs at shorter and shorter intervals, until one was stopped in the middle of an epoch. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunStoppedAgainAndAgainEndsInTheSameBytes() throws Exception {
    List<String> steps = new ArrayList<>();
    int runs = 0;
    while (steps.stream().allMatch(step -> step.endsWith("-000000"))) {
      Run run = new Run(task, "stopped " + runs, 2, FP32);
      for (int stop = 0; stop < STOPS; stop++) {
        stop(run, duration * 0.3 / (1 << runs), stop % 2 == 0, steps);
      }
      assertEquals(expected, run.finish().digest(), "stopped at " + steps);
      runs++;
    }
    row(6, "stopped by SIGINT and SIGTERM at " + String.join(", ", steps), runs, expected);
  }

  private static void stop(Run run, double delay, boolean interrupt, List<String> steps)
      throws IOException, InterruptedException {
    try (Child child = run.start()) {
      run.awaitWork(child);
      sleep(delay);
      if (interrupt) {
        child.interrupt();
      } else {
        child.terminate();
      }
      Child.End end = child.end();
      if (end.out().contains("; the model is ")) {
        return; // it ended before the signal came
      }
      assertTrue(end.out().contains("stopped; go on with: nin train --resume"), end.toString());
      assertTrue(end.exitCode() == 130 || end.exitCode() == 143, end.toString());
      assertEquals(List.of(), run.files(".*\\.tmp"));
      steps.add(newestCheckpoint(run));
    }
  }

  /** {@code EEEE-BBBBBB}: epochs and steps of the epoch under way. */
  private static String newestCheckpoint(Run run) throws IOException {
    return run.files("checkpoint-.*\\.safetensors").stream()
        .max(String::compareTo)
        .map(name -> name.substring("checkpoint-".length(), name.indexOf('.')))
        .orElse("none");
  }

  /**
   * Moments spread over the whole run; every other one waits for the next file that is being
   * written, so that the process dies in the middle of it. Each run is killed twice.
   */
  @Test
  void aRunKilledAtAnyMomentEndsInTheSameBytes() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    List<String> moments = new ArrayList<>();
    int halfWritten = 0;
    for (int kill = 0; kill < KILLS; kill += 2) {
      Run run = new Run(task, "killed " + kill, 2, FP32);
      for (int each = kill; each < kill + 2; each++) {
        double delay = 0.9 * duration * (each + random.nextDouble()) / KILLS;
        try (Child child = run.start()) {
          awaitMoment(child, run, delay, each % 2 == 0);
          boolean alive = child.isAlive();
          child.kill();
          child.end();
          moments.add(alive ? newestCheckpoint(run) : "after its end");
        }
      }
      halfWritten += run.files(".*\\.tmp").size();
      assertEquals(expected, run.finish().digest(), "killed at " + moments);
    }
    row(
        7,
        "killed twice, with the newest checkpoint %s; %d half-written files were left"
            .formatted(String.join(", ", moments), halfWritten),
        KILLS / 2,
        expected);
  }

  private static void awaitMoment(Child child, Run run, double delay, boolean writing)
      throws IOException, InterruptedException {
    run.awaitWork(child);
    sleep(delay);
    int before = run.files(".*\\.tmp").size();
    while (writing && child.isAlive() && run.files(".*\\.tmp").size() <= before) {
      Thread.onSpinWait();
    }
  }

  private static void sleep(double seconds) throws InterruptedException {
    Thread.sleep(Math.round(1000 * seconds));
  }
}
