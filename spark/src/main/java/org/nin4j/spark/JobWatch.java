package org.nin4j.spark;

import java.time.Duration;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;

/** Cancels jobs of which no task ends for too long. */
final class JobWatch implements AutoCloseable {
  private static final long POLL_MILLIS = 500;

  private final SparkContext context;
  private final String tag;
  private final Duration patience;
  private final Thread thread = new Thread(this::watch, "nin4j-job-watch");
  private volatile boolean expired;

  private JobWatch(SparkContext context, String tag, Duration patience) {
    this.context = context;
    this.tag = tag;
    this.patience = patience;
    thread.setDaemon(true);
  }

  /**
   * Begins to watch.
   *
   * @param tag that of the jobs, which may not have begun
   * @param patience how long they may go on without a task that ends
   */
  static JobWatch start(SparkContext context, String tag, Duration patience) {
    JobWatch watch = new JobWatch(context, tag, patience);
    watch.thread.start();
    return watch;
  }

  /** {@return whether the jobs were cancelled} */
  boolean expired() {
    return expired;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    int ended = -1;
    long since = System.nanoTime();
    try {
      while (!context.isStopped()) {
        Thread.sleep(POLL_MILLIS);
        int now = endedTasks();
        if (now != ended) {
          ended = now;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
          expired = true;
          context.cancelJobsWithTag(tag); // and at the next look those that began meanwhile
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // what was watched has ended
    }
  }

  private int endedTasks() {
    int ended = 0;
    for (int job : context.statusTracker().getJobIdsForTag(tag)) {
      SparkJobInfo info = context.statusTracker().getJobInfo(job).getOrElse(() -> null);
      for (int id : info == null ? new int[0] : info.stageIds()) {
        SparkStageInfo stage = context.statusTracker().getStageInfo(id).getOrElse(() -> null);
        ended += stage == null ? 0 : stage.numCompletedTasks() + stage.numFailedTasks();
      }
    }
    return ended;
  }
}
