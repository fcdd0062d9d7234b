package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Training and classifying on Spark's own cluster: a master, workers and executors as processes.
 */
class StandaloneClusterTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Test
  void twoExecutorsTrainTheModelOfOneProcessAndClassifyAsItDoes() throws Exception {
    List<ProcessHandle> processes;
    try (StandaloneCluster cluster = StandaloneCluster.start(2)) {
      Path results = cluster.folder();
      SparkProcess driver =
          cluster.driver(
              "driver.log", Map.of(), SparkDriver.class.getName(), "tiny", results.toString(), "2");
      OneProcess expected = OneProcess.train(TrainingTask.named("tiny"), results);
      driver.await(SparkDriver.DONE + "2 executors, 0 tasks failed.* \\[(\\d+), \\1]", LIMIT);
      processes = cluster.processes();
      assertTrue(processes.size() >= 4, processes.toString()); // driver, master, workers
      assertEquals(0, driver.awaitEnd(LIMIT));
      expected.assertSameModel(results, "2 executors");
      expected.assertSameProbabilities(results);
    }
    for (ProcessHandle process : processes) {
      assertFalse(process.isAlive(), process.toString());
    }
  }
}
