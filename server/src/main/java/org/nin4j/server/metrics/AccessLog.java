package org.nin4j.server.metrics;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.nin4j.server.event.RequestListener;
import org.nin4j.server.event.RequestOutcome;

/**
 * Writes a line of JSON for each request that has ended. Requests put their lines into a bounded
 * queue, which a thread of the log's own empties five times a second: no request waits for a disk.
 * A line that finds no place, or that cannot be written, is counted and lost.
 */
public final class AccessLog implements RequestListener, AutoCloseable {
  /** Enough for 80,000 requests a second. */
  private static final int CAPACITY = 16_384;

  private static final int BATCH = 512;
  private static final long PAUSE_MILLIS = 200;
  private static final long CLOSE_MILLIS = 2000;

  private final LogTarget target;
  private final System.Logger log;
  private final ArrayBlockingQueue<AccessLogLine> lines;
  private final LongAdder overflowed = new LongAdder();
  private final LongAdder unwritten = new LongAdder();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread writer = new Thread(this::write, "nin4j-access-log");

  // Only the writer looks at these.
  private boolean broken;
  private boolean overflowTold;

  /**
   * Makes a log, which {@link #start} starts.
   *
   * @param target where the lines go; closed with the log
   * @param log is told when lines are lost
   */
  public AccessLog(LogTarget target, System.Logger log) {
    this(target, log, CAPACITY);
  }

  AccessLog(LogTarget target, System.Logger log, int capacity) {
    this.target = target;
    this.log = log;
    lines = new ArrayBlockingQueue<>(capacity);
    writer.setDaemon(true);
  }

  /**
   * Begins to write.
   *
   * @throws IOException when the log cannot be written at all; its message says why
   */
  public void start() throws IOException {
    target.open();
    writer.start();
  }

  @Override
  public void ended(RequestOutcome outcome) {
    // The writer never waits for a line, so that this wakes no thread.
    if (!lines.offer(new AccessLogLine(System.currentTimeMillis(), outcome))) {
      overflowed.increment();
    }
  }

  /** Returns how many requests are missing from the log. */
  public long dropped() {
    return overflowed.sum() + unwritten.sum();
  }

  private void write() {
    boolean last = false;
    while (!last) {
      last = isClosing();
      tellOfOverflow();
      List<AccessLogLine> batch = new ArrayList<>(BATCH);
      while (lines.drainTo(batch, BATCH) > 0) {
        append(batch);
        batch.clear();
      }
    }
    target.close();
  }

  private boolean isClosing() {
    try {
      return closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void append(List<AccessLogLine> batch) {
    StringBuilder text = new StringBuilder();
    batch.forEach(line -> text.append(line.json()));
    try {
      target.append(text.toString().getBytes(StandardCharsets.UTF_8));
      if (broken) {
        broken = false;
        log.log(
            Level.WARNING,
            "the access log is written again; so far, it lacks " + dropped() + " requests");
      }
    } catch (IOException e) {
      unwritten.add(batch.size());
      if (!broken) {
        broken = true;
        log.log(
            Level.WARNING,
            "the access log cannot be written, so that requests are missing from it until it can: "
                + e.getMessage());
      }
    }
  }

  private void tellOfOverflow() {
    if (!overflowTold && overflowed.sum() > 0) {
      overflowTold = true;
      log.log(
          Level.WARNING,
          "requests are missing from the access log, as it is written more slowly than they come;"
              + " the metric nin4j_access_log_dropped_total counts them");
    }
  }

  /** Writes what waits, for at most two seconds, and ends the log. */
  @Override
  public void close() {
    closing.countDown();
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
