package org.nin4j.spark;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PrecisionPolicy;
import org.nin4j.io.Model;

/**
 * Prints what Spark costs, in Markdown: training and classifying on a cluster of two executors of
 * one core, next to two replicas in one process. Needs two cores on which nothing else runs, and so
 * runs only with the property {@code nin4j.sparkMeasure}.
 */
@EnabledIfSystemProperty(named = "nin4j.sparkMeasure", matches = ".*")
class SparkMeasurement {
  private static final int EXECUTORS = 2;
  private static final int REPEATS = 3;
  private static final int IMAGES = Integer.getInteger("nin4j.sparkImages", 60_000);
  private static final double TRAINING_GOAL = 0.8;
  private static final double SCORING_GOAL = 0.9;
  private static final int BYTES_PER_WEIGHT = 4;
  private static final double GIGABIT = 1e9;
  private static final int LARGE = 224;
  private static final int SMALL = 96;
  private static final Map<Integer, Integer> STEPS_OF_SIZE = Map.of(SMALL, 40, LARGE, 16);

  /** Steps of an epoch before anything is measured, so that the JVMs have compiled their code. */
  private static final int WARM_UP = 70;

  /** Measures; takes about 25 minutes. */
  @Test
  void sparkCostsWhatTheTablesSay() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(EXECUTORS)) {
      SparkSession.Builder builder = SparkSession.builder();
      cluster.settings().forEach(builder::config);
      builder.config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC");
      try (SparkSession session = builder.getOrCreate()) {
        long before = heap();
        Model model = training(session);
        System.out.printf(
            Locale.ROOT,
            "%nThe driver's heap after the trainings: %.0f MB more than before them.%n",
            (heap() - before) / 1e6);
        scoring(session, model);
      }
    }
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Model training(SparkSession session) throws Exception {
    Engine engine = Engines.best();
    Precision fastest = PrecisionPolicy.forTraining(engine);
    new TrainingMeasurement(SMALL, fastest, WARM_UP).measure(session, REPEATS);
    System.out.println(
        """
        | training of nin | one process, 2 replicas, images/s | 2 executors, images/s | ratio | goal |
        |---|---:|---:|---:|---:|""");
    TrainingMeasurement.Result result = null;
    for (int size : List.of(LARGE, SMALL)) {
      for (Precision precision : EnumSet.of(Precision.FP32, fastest)) {
        result =
            new TrainingMeasurement(size, precision, STEPS_OF_SIZE.get(size))
                .measure(session, REPEATS);
        int batch = result.last().profile().batchSize();
        System.out.printf(
            Locale.ROOT,
            "| %d px, %s | %.1f | %.1f | %.2f | %s |%n",
            size,
            precision,
            batch / result.oneProcess(),
            batch / result.cluster(),
            result.oneProcess() / result.cluster(),
            size == LARGE ? TRAINING_GOAL : "stated");
      }
    }
    parts(session, result);
    return result.last().model();
  }

  /** Where the time of a step goes, at 96 pixels, and what that means for larger clusters. */
  private static void parts(SparkSession session, TrainingMeasurement.Result training)
      throws Exception {
    Model model = training.last().model();
    int bytes =
        BYTES_PER_WEIGHT
            * model.network().parameters().stream().mapToInt(parameter -> parameter.size()).sum();
    StepParts parts = StepParts.measure(session, bytes, bytes);
    double spark = parts.launch() + parts.broadcast() + parts.result();
    double driver = training.gradients() + training.update();
    System.out.printf(
        Locale.ROOT,
        """

        | a step at 96 px on the cluster | ms |
        |---|---:|
        | launching a job of 2 tasks | %.1f |
        | broadcasting the weights, %.1f MB | %.1f |
        | results of 2 tasks, %.1f MB each | %.1f |
        | adding the gradients on the driver | %.1f |
        | updating the weights on the driver | %.1f |
        | computing, and the rest | %.1f |
        | all | %.1f |

        """,
        parts.launch() * 1e3,
        bytes / 1e6,
        parts.broadcast() * 1e3,
        bytes / 1e6,
        parts.result() * 1e3,
        training.gradients() * 1e3,
        training.update() * 1e3,
        (training.cluster() - spark - driver) * 1e3,
        training.cluster() * 1e3);
    ClusterCost cost =
        new ClusterCost(
            training.cluster() - spark - driver,
            parts.launch(),
            parts.task(),
            training.gradients() / EXECUTORS + parts.result() / EXECUTORS,
            training.update(),
            bytes,
            bytes);
    System.out.println(
        """
        | executors, 64 images each | 1 Gbit/s: ms of a step | of it computing | 10 Gbit/s: ms | computing |
        |---:|---:|---:|---:|---:|""");
    for (int executors : List.of(2, 8, 32, 128)) {
      System.out.printf(
          Locale.ROOT,
          "| %d | %.0f | %.2f | %.0f | %.2f |%n",
          executors,
          cost.step(executors, GIGABIT) * 1e3,
          cost.efficiency(executors, GIGABIT),
          cost.step(executors, 10 * GIGABIT) * 1e3,
          cost.efficiency(executors, 10 * GIGABIT));
    }
  }

  private static void scoring(SparkSession session, Model model) throws Exception {
    ScoringMeasurement.Result result = new ScoringMeasurement(IMAGES).measure(session, model);
    System.out.printf(
        Locale.ROOT,
        """

        | classifying %d PNG files of 96 px | 2 replicas, images/s | 2 executors, images/s | ratio | goal |
        |---|---:|---:|---:|---:|
        | nin | %.0f | %.0f | %.2f | %.1f |
        """,
        IMAGES,
        result.oneProcess(),
        result.cluster(),
        result.cluster() / result.oneProcess(),
        SCORING_GOAL);
  }
}
