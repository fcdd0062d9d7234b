package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.Engines;

/**
 * A training on Spark writes the model file of one process, whatever happens to its executors and
 * to its driver. Takes many minutes, so it runs only with the property {@code nin4j.sparkKills},
 * the number of processes to kill; {@code nin4j.sparkTask=sample} trains on the whole embedded
 * sample.
 */
@EnabledIfSystemProperty(named = "nin4j.sparkKills", matches = "\\d+")
class SparkFaultsTest {
  private static final int KILLS = Integer.getInteger("nin4j.sparkKills", 0);
  private static final String TASK = System.getProperty("nin4j.sparkTask", "few");
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** A random moment comes after up to so many tasks have succeeded, and up to so much time. */
  private static final int TASKS = 15;

  private static final int MILLISECONDS = 1_000;

  /** Tasks may fail as often as executors are killed. */
  private static final Map<String, String> FAILURES_ALLOWED =
      Map.of("spark.task.maxFailures", "1000", "spark.stage.maxConsecutiveAttempts", "1000");

  private static final Duration STRAGGLING = Duration.ofSeconds(5);

  private static final Map<String, String> SPECULATION =
      Map.of(
          "spark.speculation", "true",
          "spark.speculation.interval", "100ms",
          "spark.speculation.multiplier", "2",
          "spark.speculation.quantile", "0.5");

  private static OneProcess expected;

  @TempDir Path results;

  @BeforeAll
  static void trainInOneProcess(@TempDir Path folder) throws IOException {
    expected = OneProcess.train(TrainingTask.named(TASK), folder);
  }

  private SparkProcess train(
      StandaloneCluster cluster, String log, Map<String, String> settings, int workers)
      throws IOException {
    return cluster.driver(
        log,
        settings,
        SparkDriver.class.getName(),
        TASK,
        results.toString(),
        String.valueOf(workers));
  }

  private void assertSame(SparkProcess driver, String when) throws IOException {
    driver.await(SparkDriver.DONE, LIMIT);
    assertEquals(0, driver.awaitEnd(LIMIT), when);
    expected.assertSameModel(results, when);
  }

  @ParameterizedTest
  @CsvSource({"0, local[1]", "0, local[2]", "2, ", "3, "})
  void theModelIsThatOfOneProcess(int executors, String local) throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(executors)) {
      Map<String, String> settings = local == null ? Map.of() : Map.of("spark.master", local);
      SparkProcess driver = train(cluster, "driver.log", settings, Math.max(executors, 2));
      assertSame(driver, executors + " executors, " + local);
      expected.assertSameProbabilities(results);
    }
  }

  /** The partitions of a killed executor are lost, and are computed again. */
  @Test
  void executorsThatAreKilledAtRandomMomentsChangeNothing() throws Exception {
    Random random = new Random(16);
    int kills = 0;
    try (StandaloneCluster cluster = StandaloneCluster.start(2)) {
      for (int training = 0; kills < KILLS; training++) {
        SparkProcess driver = train(cluster, "driver-" + training + ".log", FAILURES_ALLOWED, 2);
        int before = kills;
        while (kills < KILLS && awaitRandomMoment(driver, random)) {
          List<ProcessHandle> executors = cluster.executors();
          if (!executors.isEmpty()) {
            executors.get(random.nextInt(executors.size())).destroyForcibly();
            kills++;
          }
        }
        assertSame(driver, (kills - before) + " kills");
        if (kills > before) {
          String counts = driver.log().substring(driver.log().indexOf(SparkDriver.DONE));
          System.out.println((kills - before) + " kills: " + counts.lines().findFirst().orElse(""));
        }
      }
    }
  }

  /** Waits for a random moment of a training, and returns whether it came before the end. */
  private static boolean awaitRandomMoment(SparkProcess driver, Random random) {
    long tasks = driver.lines(TaskCounts.SUCCESS) + 1 + random.nextInt(TASKS);
    while (driver.lines(TaskCounts.SUCCESS) < tasks) {
      if (driver.endsWithin(Duration.ofMillis(50))) {
        return false;
      }
    }
    return !driver.endsWithin(Duration.ofMillis(random.nextInt(MILLISECONDS)));
  }

  @Test
  void stragglersAndTheTasksThatAreStartedInTheirPlaceChangeNothing() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(3)) {
      SparkProcess driver = train(cluster, "driver.log", SPECULATION, 2);
      Random random = new Random(17);
      while (awaitRandomMoment(driver, random)) {
        List<ProcessHandle> executors = cluster.executors();
        ProcessHandle straggler = executors.get(random.nextInt(executors.size()));
        signal("-STOP", straggler);
        boolean ended = driver.endsWithin(STRAGGLING);
        signal("-CONT", straggler);
        if (ended) {
          break;
        }
      }
      assertSame(driver, "stragglers");
      String counts =
          driver.await(SparkDriver.DONE + ".* (\\d+) were started again", LIMIT).group();
      assertTrue(!counts.contains(" 0 were"), counts);
      System.out.println(counts);
    }
  }

  private static void signal(String signal, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
  }

  /** They would compute other bits, so nothing is computed. */
  @Test
  void executorsWithOtherInstructionsThanTheDriverAreRefused() throws Exception {
    assumeFalse(Engines.best().description().contains("sse41"), "this processor has no others");
    try (StandaloneCluster cluster = StandaloneCluster.start(2)) {
      Map<String, String> limited = Map.of("spark.executorEnv.ONEDNN_MAX_CPU_ISA", "SSE41");
      SparkProcess driver = train(cluster, "driver.log", limited, 2);
      driver.await("SparkException: .*sse41", LIMIT);
      assertEquals(1, driver.awaitEnd(LIMIT));
    }
  }

  @Test
  void aDriverThatIsKilledGoesOnFromItsCheckpoint() throws Exception {
    Random random = new Random(18);
    try (StandaloneCluster cluster = StandaloneCluster.start(2)) {
      for (int training = 0; training < Math.max(1, KILLS / 5); training++) {
        Path checkpoints = results.resolve("checkpoints-" + training);
        SparkProcess early = train(cluster, training + "-early.log", checkpoints);
        assertTrue(awaitRandomMoment(early, random), early.log());
        early.kill();
        SparkProcess late = train(cluster, training + "-late.log", checkpoints);
        late.await("step 1 of epoch 2", LIMIT); // the first epoch has its checkpoint
        assertTrue(awaitRandomMoment(late, random), late.log());
        late.kill();
        SparkProcess last = train(cluster, training + "-last.log", checkpoints);
        assertSame(last, "training " + training);
        assertFalse(last.log().contains(" of epoch 1"), last.log());
      }
    }
  }

  private SparkProcess train(StandaloneCluster cluster, String log, Path checkpoints)
      throws IOException {
    return cluster.driver(
        log,
        Map.of(),
        SparkDriver.class.getName(),
        TASK,
        results.toString(),
        "2",
        checkpoints.toString());
  }
}
