package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class ClusterJobsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final SparkSession SESSION = LocalSpark.session();

  private static ClusterJobs patient(Duration patience) {
    return new ClusterJobs(SESSION.sparkContext(), patience);
  }

  private static ClusterJobs impatient() {
    return patient(Duration.ofSeconds(1));
  }

  private static JavaRDD<byte[]> numbers() {
    return new JavaSparkContext(SESSION.sparkContext())
        .parallelize(List.of(0, 1, 2), 3)
        .map(i -> new byte[] {i.byteValue()});
  }

  /** Until its job is cancelled. */
  private static <T> T hang(T value) throws InterruptedException {
    while (!TaskContext.get().isInterrupted()) {
      Thread.sleep(10);
    }
    return value;
  }

  private static Dataset<Row> hangingRows() {
    UDF1<Long, Long> hang = ClusterJobsTest::hang;
    Column column = functions.udf(hang, DataTypes.LongType).apply(functions.col("id"));
    return SESSION.range(4).select(column.as("hanging"));
  }

  private static void assertNothingRuns() throws InterruptedException {
    while (SESSION.sparkContext().statusTracker().getActiveJobIds().length > 0) {
      Thread.sleep(10);
    }
  }

  @Test
  void resultsAreInTheOrderOfThePartitions() {
    List<byte[]> results = patient(LIMIT).run(numbers(), new int[] {2, 0}, "two of three");
    assertArrayEquals(new byte[] {2}, results.get(0));
    assertArrayEquals(new byte[] {0}, results.get(1));
  }

  /** Each task takes less than the patience, all together take more. */
  @Test
  void aJobMayTakeLongAsLongAsTasksEnd() {
    JavaRDD<byte[]> slow =
        new JavaSparkContext(SESSION.sparkContext())
            .parallelize(IntStream.range(0, 20).boxed().toList(), 20)
            .map(
                i -> {
                  Thread.sleep(500);
                  return new byte[1];
                });
    assertEquals(20, patient(Duration.ofSeconds(4)).run(slow, "a long job").size());
  }

  @Test
  void aJobThatHangsIsCancelled() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          ClusterException failure =
              assertThrows(
                  ClusterException.class,
                  () -> impatient().run(numbers().map(ClusterJobsTest::hang), "step 1 of epoch 2"));
          assertEquals(
              "step 1 of epoch 2: no task has ended for 1 seconds; see whether the application has"
                  + " executors, and what they do",
              failure.getMessage());
          assertNothingRuns();
        });
  }

  /** Both run jobs in threads of Spark's own. */
  @Test
  void aQueryThatHangsIsCancelled() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (Dataset<Row> query :
              List.of(hangingRows().distinct(), hangingRows().sort("hanging"))) {
            ClusterException failure =
                assertThrows(
                    ClusterException.class,
                    () -> impatient().waitFor("sorting", () -> query.toJavaRDD().count()));
            assertTrue(
                failure.getMessage().startsWith("sorting: no task has ended"),
                failure.getMessage());
          }
          assertNothingRuns();
        });
  }

  @Test
  void aThreadThatIsInterruptedCancelsWhatItWaitsFor() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          Thread self = Thread.currentThread();
          Thread other =
              new Thread(
                  () -> {
                    while (SESSION.sparkContext().statusTracker().getActiveJobIds().length == 0) {
                      Thread.onSpinWait();
                    }
                    self.interrupt();
                  });
          other.start();
          ClusterException failure =
              assertThrows(
                  ClusterException.class,
                  () -> patient(LIMIT).run(numbers().map(ClusterJobsTest::hang), "decoding"));
          assertEquals("decoding was interrupted", failure.getMessage());
          assertTrue(Thread.interrupted());
          assertNothingRuns();
        });
  }
}
