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
import org.nin4j.Engines;
import org.nin4j.conformance.Report;
import org.nin4j.engine.Precision;

/**
 * A training is a function of its settings: in any process, and however often it is stopped or
 * killed, the model file has the same bytes. The processes run one after the other.
 */
class DeterminismTest {
  private static final Object[] FP32 = {"--precision", "fp32"};
  private static final Object[] BF16 = {"--precision", "bf16"};
  private static final int[] THREADS = {1, 3, 4, 8};
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
    TrainRun run = new TrainRun(task, "straight", 2, FP32);
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
        Trainings with `%s`, each in a process of its own: a network with convolutions, BatchNorm2d,
        Dropout and max pooling, augmented images, %d epochs of %d steps. All trainings of a row end
        in the digest (SHA-256 of `model.safetensors`) that it names; where a training was
        interrupted, that is the digest of the uninterrupted one. An interrupted training is resumed
        with another number of threads: 3 after 2.

        | what | trainings | digest |
        |---|---|---|
        %s"""
            .formatted(
                "nin train", TrainRun.EPOCHS, SmallTask.BATCHES, String.join("", ROWS.values())));
  }

  private static void row(int order, String what, int trainings, String digest) {
    ROWS.put(order, String.format(Locale.ROOT, "| %s | %d | %.16s |%n", what, trainings, digest));
  }

  @Test
  void anotherProcessComputesTheSameBytesAndAnotherSeedOthers() throws Exception {
    assertEquals(expected, new TrainRun(task, "again", 2, FP32).finish().digest());
    row(1, "fp32, 2 threads, seed 1", 2, expected);
    TrainRun other = new TrainRun(task, "other", 2, "--precision", "fp32", "--seed", 2).finish();
    assertNotEquals(expected, other.digest());
    row(2, "the same, seed 2", 1, other.digest());
  }

  @Test
  void anotherNumberOfThreadsComputesTheSameBytes() throws Exception {
    for (int threads : THREADS) {
      TrainRun run = new TrainRun(task, "on " + threads, threads, FP32).finish();
      assertEquals(expected, run.digest(), threads + " threads");
    }
    row(3, "fp32, 1, 3, 4 and 8 threads, seed 1", THREADS.length, expected);
  }

  static boolean hasBf16() {
    return Engines.oneDnn().supports(Precision.BF16);
  }

  @Test
  @EnabledIf("hasBf16")
  void bfloat16EndsInTheSameBytesAlsoAfterAKill() throws Exception {
    String first = new TrainRun(task, "bf16", 2, BF16).finish().digest();
    assertNotEquals(expected, first);
    TrainRun killed = new TrainRun(task, "bf16 killed", 2, BF16);
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

  @Test
  void aRunResumedAfterAnyEpochEndsInTheSameBytes() throws Exception {
    for (int epoch = 1; epoch <= TrainRun.EPOCHS; epoch++) {
      assertEquals(expected, cutAfter(epoch).finish().digest(), "resumed after epoch " + epoch);
    }
    row(5, "resumed from the checkpoint of each epoch", TrainRun.EPOCHS, expected);
  }

  /** A run folder as it is after an epoch. The last two checkpoints are in it at any time. */
  private static TrainRun cutAfter(int epoch) throws IOException, InterruptedException {
    String checkpoint = "checkpoint-000" + epoch + "-000000.safetensors";
    for (int attempt = 1; attempt <= 20; attempt++) {
      TrainRun run = new TrainRun(task, "cut " + epoch + "-" + attempt, 2, FP32);
      try (Child child = run.start()) {
        while (child.isAlive() && !Files.exists(run.folder.resolve(checkpoint))) {
          Thread.sleep(1);
        }
        child.kill();
        child.end();
      }
      if (run.files("checkpoint-.*\\.safetensors").contains(checkpoint)) {
        for (String later : run.files("model.*|checkpoint-000[" + (epoch + 1) + "-9]-.*")) {
          Files.delete(run.folder.resolve(later));
        }
        return run;
      }
    }
    throw new AssertionError("in no attempt was " + checkpoint + " there");
  }

  /** Runs at shorter and shorter intervals, until one was stopped in the middle of an epoch. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aRunStoppedAgainAndAgainEndsInTheSameBytes() throws Exception {
    List<String> steps = new ArrayList<>();
    int runs = 0;
    while (steps.stream().allMatch(step -> step.endsWith("-000000"))) {
      TrainRun run = new TrainRun(task, "stopped " + runs, 2, FP32);
      for (int stop = 0; stop < STOPS; stop++) {
        stop(run, duration * 0.3 / (1 << runs), stop % 2 == 0, steps);
      }
      assertEquals(expected, run.finish().digest(), "stopped at " + steps);
      runs++;
    }
    row(6, "stopped by SIGINT and SIGTERM at " + String.join(", ", steps), runs, expected);
  }

  private static void stop(TrainRun run, double delay, boolean interrupt, List<String> steps)
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
      assertTrue(end.out().contains("stopped; resume with: nin train --resume"), end.toString());
      assertTrue(end.exitCode() == 130 || end.exitCode() == 143, end.toString());
      assertEquals(List.of(), run.files(".*\\.tmp"));
      steps.add(newestCheckpoint(run));
    }
  }

  /** {@code EEEE-BBBBBB}: epochs and steps of the epoch under way. */
  private static String newestCheckpoint(TrainRun run) throws IOException {
    return run.files("checkpoint-.*\\.safetensors").stream()
        .max(String::compareTo)
        .map(name -> name.substring("checkpoint-".length(), name.indexOf('.')))
        .orElse("none");
  }

  /**
   * Moments spread over the whole run; every other one waits for the next file that is being
   * written, so that the process dies in the middle of it. What goes on with a killed run is killed
   * too, once. A kill that comes after the end does not count.
   */
  @Test
  void aRunKilledAtAnyMomentEndsInTheSameBytes() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    List<String> moments = new ArrayList<>();
    double longest = 0.9 * duration;
    int halfWritten = 0;
    int runs = 0;
    while (moments.size() < KILLS) {
      TrainRun run = new TrainRun(task, "killed " + runs++, 2, FP32);
      int before = moments.size();
      kill(run, longest * (before + random.nextDouble()) / KILLS, false, moments);
      kill(run, longest * 0.3 * random.nextDouble(), true, moments);
      halfWritten += run.files(".*\\.tmp").size();
      assertEquals(expected, run.finish().digest(), "killed at " + moments);
      longest = moments.size() < before + 2 ? longest / 2 : longest;
    }
    row(
        7,
        "killed %d times, with the newest checkpoint %s; %d half-written files were left"
            .formatted(moments.size(), String.join(", ", moments), halfWritten),
        runs,
        expected);
  }

  private static void kill(TrainRun run, double delay, boolean writing, List<String> moments)
      throws IOException, InterruptedException {
    try (Child child = run.start()) {
      awaitMoment(child, run, delay, writing);
      boolean alive = child.isAlive();
      child.kill();
      child.end();
      if (alive) {
        moments.add(newestCheckpoint(run));
      }
    }
  }

  private static void awaitMoment(Child child, TrainRun run, double delay, boolean writing)
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
