package org.nin4j.spark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerSpeculativeTaskSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Counts what happened to an application's tasks, to tell whether a test has tested anything. To
 * tell how far a training is, a line is printed for each job and for each task that succeeds.
 */
final class TaskCounts extends SparkListener {
  /** Printed for each task that succeeds. */
  static final String SUCCESS = "a task has succeeded";

  private final Set<String> executors = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger speculative = new AtomicInteger();

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    System.out.println(start.properties().getProperty("spark.job.description"));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof Success$) {
      executors.add(end.taskInfo().executorId());
      System.out.println(SUCCESS);
    } else {
      failed.incrementAndGet();
    }
  }

  @Override
  public void onSpeculativeTaskSubmitted(SparkListenerSpeculativeTaskSubmitted submitted) {
    speculative.incrementAndGet();
  }

  @Override
  public String toString() {
    return String.format(
        "%d executors, %d tasks failed, %d were started again because they were slow",
        executors.size(), failed.get(), speculative.get());
  }
}
