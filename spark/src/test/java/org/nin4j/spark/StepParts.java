package org.nin4j.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * The parts of a step that are Spark's, each measured alone on a cluster of two executors.
 *
 * @param launch seconds of a job with a task for each executor that does nothing
 * @param task seconds for each further task
 * @param broadcast seconds in which a broadcast reaches both executors, besides the job
 * @param result seconds in which both results reach the driver, besides the job
 */
record StepParts(double launch, double task, double broadcast, double result)
    implements Serializable {
  private static final int TIMES = 30;
  private static final int EXECUTORS = 2;
  private static final int MANY = 64;

  /**
   * Measures.
   *
   * @param weights bytes of a broadcast
   * @param sums bytes of each result
   */
  static StepParts measure(SparkSession session, int weights, int sums) throws Exception {
    JavaSparkContext context = new JavaSparkContext(session.sparkContext());
    ClusterJobs jobs = new ClusterJobs(session.sparkContext(), Duration.ofMinutes(1));
    double launch = seconds(jobs, empty(context, EXECUTORS));
    double many = seconds(jobs, empty(context, MANY));
    byte[] sent = new byte[weights];
    new SplittableRandom(1).nextBytes(sent); // weights do not compress
    double broadcast =
        Measured.seconds(
                TIMES,
                () -> {
                  Broadcast<byte[]> all = context.broadcast(sent);
                  try {
                    return jobs.run(
                        empty(context, EXECUTORS).map(b -> new byte[] {all.value()[0]}), "");
                  } finally {
                    all.destroy();
                  }
                })
            .median();
    double result = seconds(jobs, empty(context, EXECUTORS).map(b -> new byte[sums]));
    return new StepParts(
        launch, (many - launch) / (MANY - EXECUTORS), broadcast - launch, result - launch);
  }

  private static JavaRDD<byte[]> empty(JavaSparkContext context, int tasks) {
    return context
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .mapPartitions(i -> Collections.singleton(new byte[1]).iterator());
  }

  private static double seconds(ClusterJobs jobs, JavaRDD<byte[]> rdd) throws Exception {
    return Measured.seconds(TIMES, () -> jobs.run(rdd, "")).median();
  }
}
