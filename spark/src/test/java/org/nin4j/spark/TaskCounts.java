package org.nin4j.spark;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerSpeculativeTaskSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts what happened to an application's tasks, to tell whether a test has tested anything. To
 * tell how far a training is, a line is printed for each job and for each task that succeeds.
 */
final class TaskCounts extends SparkListener {
  /** Printed for each task that succeeds. */
  static final String SUCCESS = "a task has succeeded";

  private final Set<String> executors = ConcurrentHashMap.newKeySet();
  private final Set<Object> stagesOfSteps = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> tasksOfSteps = new ConcurrentHashMap<>(); // by executor
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger speculative = new AtomicInteger();

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    String description = start.properties().getProperty("spark.job.description");
    System.out.println(description);
    if (description != null && description.startsWith("step ")) {
      stagesOfSteps.addAll(CollectionConverters.asJava(start.stageIds()));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof Success$) {
      executors.add(end.taskInfo().executorId());
      System.out.println(SUCCESS);
      if (end.taskType().equals("ResultTask") && stagesOfSteps.contains(end.stageId())) {
        tasksOfSteps.merge(end.taskInfo().executorId(), 1, Integer::sum);
      }
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
        "%d executors, %d tasks failed, %d were started again because they were slow,"
            + " tasks of steps by executor: %s",
        executors.size(), failed.get(), speculative.get(), tasksOfSteps.values());
  }
}
